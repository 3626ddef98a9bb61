"""A catalog as a file at the buyer's terms: taken away, filled in, brought back."""
