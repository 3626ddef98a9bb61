"""The rules of carts, quotes, addresses and slips: pure functions over values."""
