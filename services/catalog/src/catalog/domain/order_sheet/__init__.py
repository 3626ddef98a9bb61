"""A catalog as a file that a buyer fills in: its columns, and what becomes of each of its rows."""
