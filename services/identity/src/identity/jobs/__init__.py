"""Event handlers and scheduled work."""
