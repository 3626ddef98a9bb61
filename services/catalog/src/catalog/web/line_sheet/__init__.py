"""A catalog as a PDF to look through, at the buyer's terms and in its language."""
