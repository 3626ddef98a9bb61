"""The control planes of the twins, for tests and demos."""

from twins.clients.mail import MailControl
from twins.clients.next_engine import NextEngineControl
from twins.clients.stripe import StripeControl

__all__ = ["MailControl", "NextEngineControl", "StripeControl"]
