"""Brands, staff, users, buyers, trading terms, sign-in and transition."""
