"""Keeps a stack's processes alive: starts them in order, restarts what dies, stops them all.

One thread and one loop; Python processes are forks of it, so that what they import is imported
once and shared (ADR 0006).
"""
