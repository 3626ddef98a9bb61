"""What lies outside: links, argon2, the copies of sessions."""
