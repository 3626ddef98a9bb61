"""Tables, queries and stored pictures."""
