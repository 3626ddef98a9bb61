"""Shipping: the staff's rate groups and rates, as pages and as JSON."""
