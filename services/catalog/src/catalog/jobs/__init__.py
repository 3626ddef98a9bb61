"""Periodic work. catalog reads no events."""
