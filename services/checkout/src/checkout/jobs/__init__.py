"""Event handlers, outbound effects and scheduled work."""
