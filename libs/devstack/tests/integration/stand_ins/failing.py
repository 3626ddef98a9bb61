"""Ends at once, with words."""

raise ValueError("the soup is cold")
