"""Rules: who gets a mail, and what a message is called."""
