"""The rules of identity: pure functions over values."""
