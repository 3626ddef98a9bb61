"""Rules: what a buyer sees, and what it costs this buyer."""
