"""The operations pages and their API, the same in every service."""
