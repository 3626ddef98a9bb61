"""The storefront, the staff pages, the API and the questions of other services."""
