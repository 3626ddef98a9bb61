"""Small checks that no linter has: `python -m devstack.checks`, part of `make check`."""
