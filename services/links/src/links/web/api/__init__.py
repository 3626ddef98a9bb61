"""Links for integrators: /api/links/v1/links."""
