"""The Stripe twin: Checkout Sessions on connected accounts, a hosted page, signed webhooks."""
