"""Patterns: each function returns a garment's pieces, the lowest first."""
