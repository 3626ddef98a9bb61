"""An SMTP server that keeps what it accepts and shows it to people and tests."""
