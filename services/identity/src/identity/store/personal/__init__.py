"""What identity holds of people: accounts, buyers, ways in, and who asked whom to join."""

from common.privacy import Register
from common.privacy.machinery import (
    AUDIT,
    AUDIT_HARMLESS,
    DELIVERY,
    DELIVERY_HARMLESS,
    DELIVERY_PASSING,
    find_undelivered,
)
from identity.store.models import GLOBAL_TABLES
from identity.store.personal.accounts import ACCOUNTS
from identity.store.personal.buyers import BUYERS
from identity.store.personal.duties import find_duties

REGISTER = Register(
    service="identity",
    held=(*BUYERS, *AUDIT, *DELIVERY, *ACCOUNTS),
    passing={
        **DELIVERY_PASSING,
        "buyers.search_text": "the database makes it of names, codes and addresses",
        "failed_attempts.account": "a hash of what was typed; within a day",
        "failed_attempts.address": "an address on the internet that tried a secret; within a day",
        "operators.added_by": "the name of who appointed an operator, as long as that one is it",
    },
    harmless={
        **DELIVERY_HARMLESS,
        **AUDIT_HARMLESS,
        "api_key_lookup": "token_hash",
        "api_keys": "name prefix token_hash scopes",
        "brands": "name code",
        "browsers": "token_hash",
        "buyer_import_rows": "fate result",
        "buyer_imports": "file_name columns state actor_kind",
        "buyer_invitations": "state",
        "buyers": "kind unique_code customer_code country language currency rate_kind"
        " payment_terms",
        "claims": "state",
        "half_sign_ins": "link_token next_path",
        "mail_secrets": "kind token_hash",
        "makers": "name languages default_language currencies time_zone default_currency",
        "memberships": "role",
        "organisation_invitations": "role state",
        "ownership_changes": "change",
        "registrations": "token_hash language link_token",
        "sessions": "kind method",
        "staff_members": "role",
        "team_invitations": "role brand_ids state",
        "trade_terms": "code name",
        "transition_outcomes": "outcome",
        "users": "language",
    },
    global_tables=GLOBAL_TABLES,
    find_blocks=(find_undelivered, find_duties),
)
