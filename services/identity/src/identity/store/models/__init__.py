"""The tables of identity. All rows of a maker are walled off, but for those in GLOBAL_TABLES."""

from common.audit import AuditEntry
from common.delivery import DELIVERY_TABLES
from identity.store.models.accounts import (
    EmailChange,
    HalfSignIn,
    PasswordReset,
    RecoveryCode,
    Registration,
)
from identity.store.models.buyers import Address, Buyer, BuyerLookup, Recipient
from identity.store.models.imports import BuyerImport, BuyerImportRow
from identity.store.models.invitations import BuyerInvitation
from identity.store.models.joining import OrganisationInvitation, TeamInvitation
from identity.store.models.keys import ApiKey, ApiKeyLookup
from identity.store.models.makers import Brand, BrandLookup, Maker, TradeTerm
from identity.store.models.people import (
    Membership,
    Operator,
    Organisation,
    StaffBrand,
    StaffLookup,
    StaffMember,
    User,
)
from identity.store.models.secrets import FailedAttempt, MailSecret
from identity.store.models.sessions import Browser, BuyerChoice, LinkPass, SignedIn
from identity.store.models.transition import Claim, OwnershipChange, TransitionOutcome

GLOBAL_TABLES = frozenset(
    {
        "users",
        "organisations",
        "memberships",
        "brand_lookup",
        "buyer_lookup",
        "staff_lookup",
        "api_key_lookup",
        "browsers",
        "sessions",
        "buyer_choices",
        "link_passes",
        "failed_attempts",
        "mail_secrets",
        "registrations",
        "password_resets",
        "email_changes",
        "recovery_codes",
        "half_sign_ins",
        "organisation_invitations",
        "operators",
    }
) | frozenset(DELIVERY_TABLES)
"""Tables without a maker: people and what they carry, and where to find a maker's row by its id."""

__all__ = [
    "GLOBAL_TABLES",
    "Address",
    "ApiKey",
    "ApiKeyLookup",
    "AuditEntry",
    "Brand",
    "BrandLookup",
    "Browser",
    "Buyer",
    "BuyerChoice",
    "BuyerImport",
    "BuyerImportRow",
    "BuyerInvitation",
    "BuyerLookup",
    "Claim",
    "EmailChange",
    "FailedAttempt",
    "HalfSignIn",
    "LinkPass",
    "MailSecret",
    "Maker",
    "Membership",
    "Operator",
    "Organisation",
    "OrganisationInvitation",
    "OwnershipChange",
    "PasswordReset",
    "Recipient",
    "RecoveryCode",
    "Registration",
    "SignedIn",
    "StaffBrand",
    "StaffLookup",
    "StaffMember",
    "TeamInvitation",
    "TradeTerm",
    "TransitionOutcome",
    "User",
]
