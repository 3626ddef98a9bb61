"""Carts, shipping, payment, orders and NEXT ENGINE."""
