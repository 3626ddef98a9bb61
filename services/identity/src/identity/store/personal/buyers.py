"""A maker's rows: buyers, their address books, offers to them, files that name them."""

from dataclasses import replace

from common.privacy import (
    EMAIL,
    EMPTY,
    GONE,
    MENTIONS,
    NAME,
    NULL,
    SECRET,
    Fate,
    Held,
    Person,
    mentions,
)

OF_BUYER = "buyer_id = any(:buyer_ids)"
BY_MAIL = "lower(email) = any(:emails)"
STAYS = "The row, its codes and trading terms: orders and the brand's books name the buyer by them."


def _unless_own(value: str | None, person: Person, name: str) -> str | None:
    return None if value and value.lower() in person.emails else value


# Not shown: beside the person's own they may name other people.
OWN_NULL = Fate("removed where it is the person's", _unless_own, is_secret=True, shape="own")
AMONG_OTHERS = replace(MENTIONS, is_secret=True)

BUYERS = (
    Held(
        table="buyers",
        what="Buyers that are the person",
        where="id = any(:buyer_ids)",
        columns={
            "name": NAME,
            "first_name": NULL,
            "last_name": NULL,
            "contact_email": NULL,
            "phone": NULL,
            "tax_id": NULL,
            "tags": EMPTY,
            "notification_emails": EMPTY,
            "login_email": NULL,
            "login_hash": SECRET,
            "passcode_hash": SECRET,
        },
        shows=(
            "unique_code",
            "customer_code",
            "kind",
            "is_company",
            "country",
            "language",
            "currency",
            "rate_kind",
            "rate_value",
            "payment_terms",
            "created_at",
        ),
        stays=STAYS,
    ),
    Held(
        table="buyers",
        what="Other buyers that name the person's address",
        where="not id = any(:buyer_ids) and (lower(contact_email) = any(:emails)"
        f" or {mentions('notification_emails::text')})",
        columns={"contact_email": OWN_NULL, "notification_emails": AMONG_OTHERS},
        shows=("unique_code",),
        stays="Everything else: the buyer is somebody else.",
    ),
    Held(
        table="addresses",
        what="Addresses",
        where=OF_BUYER,
        columns=dict.fromkeys(
            ("country", "addressee", "zip", "state", "city", "line1", "line2", "phone"), GONE
        ),
        goes=True,
    ),
    Held(
        table="recipients",
        what="Where order mails go",
        where=f"{OF_BUYER} or {BY_MAIL}",
        columns={"email": GONE},
        goes=True,
    ),
    Held(
        table="buyer_invitations",
        what="Offers to connect an organization",
        where=f"{OF_BUYER} or {BY_MAIL}",
        columns={"email": EMAIL},
        shows=("state", "expires_at", "settled_at"),
        stays="That there was an offer, and what came of it.",
    ),
    Held(
        table="claims",
        what="Ways in after a transition",
        where=f"{OF_BUYER} or {BY_MAIL}",
        columns={"email": EMAIL},
        shows=("state", "expires_at", "settled_at"),
        stays="That there was one, and what came of it.",
    ),
    Held(
        table="team_invitations",
        what="Invitations onto a brand's team",
        where=BY_MAIL,
        columns={"email": EMAIL},
        shows=("role", "state", "expires_at"),
        stays="That somebody was invited.",
    ),
    Held(
        table="buyer_imports",
        what="Files of buyers that the person brought",
        where="actor_id = any(:user_ids)",
        columns={"actor_name": NAME},
        shows=("file_name", "created_at"),
        stays="The rest goes by itself after 30 days.",
    ),
    Held(
        table="buyer_import_rows",
        what="Rows of files that are about the person",
        where=f"{OF_BUYER} or {mentions('cells::text')} or {mentions('changes::text')}",
        columns={"cells": EMPTY, "changes": EMPTY, "errors": EMPTY},
        shows=("number",),
        stays="The rest goes by itself after 30 days.",
    ),
)
