"""Mails and the ledger of what was sent."""
