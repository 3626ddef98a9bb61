"""What links holds of people: nearly nothing, for it counts visitors without knowing them."""

from dataclasses import replace

from common.delivery import DELIVERY_TABLES
from common.privacy import MENTIONS, Held, Register, kept, mentions
from common.privacy.machinery import (
    DELIVERY,
    DELIVERY_HARMLESS,
    DELIVERY_PASSING,
    find_undelivered,
)
from links.store.models import GLOBAL_TABLES

AMONG_OTHERS = replace(MENTIONS, is_secret=True)
"""Not shown: findings name other buyers, too."""

REGISTER = Register(
    service="links",
    held=(
        Held(
            table="links",
            what="Links that show the address to buyers as a contact",
            where=mentions("contacts::text"),
            columns={"contacts": kept("the brand's own contact, which it changes on the link")},
            shows=("name",),
        ),
        Held(
            table="link_preflights",
            what="What was found wrong with a link and names the person's buyer",
            where=mentions("findings::text"),
            columns={"findings": AMONG_OTHERS},
            shows=("checked_at",),
            stays="Findings are made anew whenever the link is looked at.",
        ),
        *DELIVERY,
    ),
    passing={
        **DELIVERY_PASSING,
        "link_steps_seen.visitor": "a hash of browser and link; after two days",
        "passcode_failures.address": "an address on the internet that tried a passcode; within the"
        " hour",
    },
    harmless={
        **DELIVERY_HARMLESS,
        "link_previews": "token_hash",
        "link_steps": "step detail",
        "link_steps_seen": "step",
        "link_tokens": "token",
        "links": "token name description status passcode_hash catalog_ids lookbook_ids"
        " payment_methods shipping_rows videos background search_text",
        "uploads": "kind content_type name",
    },
    global_tables=GLOBAL_TABLES | set(DELIVERY_TABLES),
    find_blocks=(find_undelivered,),
)
