"""The names of the five services, in the order in which they are told of."""

SERVICES = ("identity", "catalog", "links", "checkout", "notifications")
