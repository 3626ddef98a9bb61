"""Stripe through its own library: one brand's connected account, our types, our keys."""
