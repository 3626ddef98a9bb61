"""What a service holds of people, and how it is told and erased.

Each service has a register: every table and column that may name a person, what of it is deleted,
replaced or kept, and why. Export, erasure, `docs/privacy.md` and the test that no column was
forgotten all read that one list.
"""

from common.privacy.fates import (
    EMAIL,
    EMPTY,
    GONE,
    MENTIONS,
    NAME,
    NULL,
    OWN_EMAIL,
    SECRET,
    Fate,
    json_text,
    kept,
    only,
    within,
)
from common.privacy.mentions import mentions
from common.privacy.person import Person, digest_of
from common.privacy.register import Held, Register

__all__ = [
    "EMAIL",
    "EMPTY",
    "GONE",
    "MENTIONS",
    "NAME",
    "NULL",
    "OWN_EMAIL",
    "SECRET",
    "Fate",
    "Held",
    "Person",
    "Register",
    "digest_of",
    "json_text",
    "kept",
    "mentions",
    "only",
    "within",
]
