"""The mail server and identity, in our own words."""
