"""Products, prices, catalogs and the storefront."""
