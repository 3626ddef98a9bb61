"""The pre-flight as pages and the API show it."""
