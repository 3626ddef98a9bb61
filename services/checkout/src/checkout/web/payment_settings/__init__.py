"""The staff's page and API of payment: a brand's Stripe account, its add-on, its payments."""
