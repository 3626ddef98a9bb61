"""Other services and NEXT ENGINE, translated into our types."""
