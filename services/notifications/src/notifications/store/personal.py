"""What notifications holds of people: whom it wrote to, what about, and what brands' systems heard."""

from common.delivery import DELIVERY_TABLES
from common.privacy import (
    EMAIL,
    EMPTY,
    GONE,
    MENTIONS,
    NULL,
    Held,
    Register,
    json_text,
    within,
)
from common.privacy.machinery import (
    DELIVERY,
    DELIVERY_HARMLESS,
    DELIVERY_PASSING,
    TOLD,
    find_undelivered,
)
from notifications.domain.owners import NOBODY
from notifications.store import webhook_models  # noqa: F401 - its tables are named here.
from notifications.store.messages_of_person import ABOUT, WRITTEN_TO, find_unsent

PUBLIC = {name.removeprefix("payload."): fate for name, fate in (TOLD.paths or {}).items()}


REGISTER = Register(
    service="notifications",
    held=(
        Held(
            table="messages",
            what="Mails to the person",
            where=WRITTEN_TO,
            columns={"recipient": EMAIL, "values": EMPTY, "note": MENTIONS},
            shows=("kind", "order_number", "state", "language", "created_at"),
            stays="That a mail of that kind went out, when and about which order.",
        ),
        Held(
            table="messages",
            what="Mails to the other addresses of the person's buyers",
            where=f"kind like '%\\_buyer' and {ABOUT}",
            columns={"recipient": EMAIL, "values": EMPTY, "note": MENTIONS},
            shows=("kind", "order_number", "state", "language", "created_at"),
            stays="That a mail of that kind went out, when and about which order.",
        ),
        Held(
            table="messages",
            what="Mails to others about the person's orders",
            where=ABOUT,
            columns={"values": EMPTY, "note": MENTIONS},
            shows=("kind", "order_number", "state", "created_at"),
            stays="To whom of the brand a mail went, and when.",
        ),
        Held(
            table="recipients",
            what="Addresses of a brand that hear of new orders",
            where="lower(email) = any(:emails)",
            columns={"email": GONE},
            shows=("language", "created_at"),
            goes=True,
        ),
        Held(
            table="webhook_events",
            what="Facts about the person's orders that brands' own systems were told",
            where="order_id = any(:order_ids)",
            columns={"data": within(PUBLIC)},
            shows=("type", "occurred_at"),
            stays="The rest goes by itself after 30 days.",
        ),
        Held(
            table="webhook_deliveries",
            what="What was said to brands' own systems about the person's orders",
            where="order_id = any(:order_ids)",
            columns={
                "body": json_text(within({f"data.{path}": fate for path, fate in PUBLIC.items()})),
                "request": NULL,
                "answer": NULL,
                "note": MENTIONS,
            },
            shows=("type", "state", "created_at"),
            stays="The rest goes by itself after 30 days.",
        ),
        *DELIVERY,
    ),
    passing={
        **DELIVERY_PASSING,
        "messages.recipient_key": "the database makes it of the recipient",
    },
    harmless={
        **DELIVERY_HARMLESS,
        "mail_switches": "kind",
        "messages": "order_number kind language time_zone state",
        "recipients": "language",
        "webhook_deliveries": "reason type state",
        "webhook_endpoints": "brand_name time_zone url types pause_reason",
        "webhook_events": "producer type",
    },
    global_tables=frozenset(DELIVERY_TABLES),
    more_makers=(NOBODY,),
    find_blocks=(find_undelivered, find_unsent),
)
