"""Stand-ins for the outside world that behave like it."""
