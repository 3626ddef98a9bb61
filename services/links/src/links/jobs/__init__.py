"""Event handlers; importing registers them."""
