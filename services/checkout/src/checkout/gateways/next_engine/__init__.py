"""NEXT ENGINE's API: one call at a time per company, new tokens kept before anything is read."""
