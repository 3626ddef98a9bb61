"""What the tests of every package share: real servers and freshly migrated databases."""
