"""Event handlers and the effect that sends mails; importing registers them."""
