"""The part of every register that is about `common`'s own tables: delivery and the audit log."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.privacy.fates import EMPTY, MENTIONS, NAME, NULL, OWN_EMAIL, only, within
from common.privacy.mentions import mentions
from common.privacy.person import Person
from common.privacy.register import Held

HERS = f"""
((:is_whole or maker_id = any(:maker_ids)) and (
  envelope #>> '{{payload,buyer,buyer_id}}' = any(:buyer_texts)
  or envelope #>> '{{payload,buyer_id}}' = any(:buyer_texts)
  or envelope #>> '{{payload,order_id}}' = any(:order_texts)
  or maker_id::text || (envelope #>> '{{payload,values,buyer_name}}') = any(:maker_names)
  or {mentions("envelope::text")}))"""
TOLD = within(
    {
        "payload.buyer.name": NAME,
        "payload.buyer.contact_email": NULL,
        "payload.buyer_name": NAME,
        "payload.address": NULL,
        "payload.comment": NULL,
        "payload.lines.*.note": NULL,
        "payload.recipients": EMPTY,
        "payload.recipient": OWN_EMAIL,
        "payload.recipient_masked": NULL,
        "payload.claim.email": OWN_EMAIL,
        "payload.claim.email_masked": NULL,
        "payload.values": EMPTY,
        "payload.note": MENTIONS,
    }
)
"""Of every event that we publish: what names people. The rest is ids, amounts and states."""

DELIVERY = (
    Held(
        table="outbox_event",
        what="Copies of facts that were told to other services",
        where=HERS,
        columns={"envelope": TOLD},
        shows=("name", "created_at"),
        stays="The rest goes by itself 30 days after delivery.",
    ),
    Held(
        table="inbox",
        what="Copies of facts that came from other services",
        where=f"{HERS} or ((:is_whole or maker_id = any(:maker_ids)) and {mentions('last_error')})",
        columns={"envelope": TOLD, "last_error": MENTIONS},
        shows=("name", "received_at"),
        stays="The rest goes by itself 90 days after it was handled.",
    ),
    Held(
        table="outbound_call",
        what="What a mail server, NEXT ENGINE or Stripe said of something that was sent",
        where=f"(:is_whole or maker_id = any(:maker_ids)) and ({mentions('note')}"
        f" or {mentions('last_error')} or {mentions('result::text')})",
        columns={"note": MENTIONS, "last_error": MENTIONS, "result": MENTIONS},
        shows=("kind", "state", "created_at"),
        stays="The rest goes by itself 90 days after it was done.",
    ),
)
OPERATORS = "the log of who did what to the machinery; operators' names are part of it"
DELIVERY_PASSING: Mapping[str, str] = {
    "operator_log.actor_name": OPERATORS,
    "operator_log.reason": OPERATORS,
    "delivery_pause.paused_by": "until the pause is ended",
    "delivery_pause.reason": "until the pause is ended",
    "inbox.skipped_by": OPERATORS,
    "inbox.skip_reason": OPERATORS,
    "outbound_call.skipped_by": OPERATORS,
    "outbound_call.skip_reason": OPERATORS,
    "outbox_delivery.skip_reason": OPERATORS,
}
DELIVERY_HARMLESS: Mapping[str, str] = {
    "outbox_event": "name",
    "outbox_delivery": "subscriber state",
    "inbox": "producer name",
    "outbound_call": "kind recipient payload one_at_a_time request_id traceparent state"
    " previous_state remote_id",
    "scheduled_job": "name last_error",
    "canary": "queue",
    "delivery_pause": "kind name key",
    "operator_log": "actor_kind action subject request_id",
}

SAFE = only(
    "kind",
    "state",
    "role",
    "is_company",
    "country",
    "language",
    "unique_code",
    "customer_code",
    "trade_term",
    "currency",
    "rate_kind",
    "rate_value",
    "deposit_percent",
    "payment_terms",
    "login_password",
    "passcode",
    "delivery",
)
SAFE_OF_OTHERS = replace(SAFE, is_secret=True)
"""Not shown: the entry is about somebody else."""
FORGET = "select forget_in_audit(:id, {actor}, {subject}, {before}, {after})"
VALUES = {"before": "cast(:before as jsonb)", "after": "cast(:after as jsonb)"}
NOTHING = {"actor": "null", "subject": "null", "before": "null", "after": "null"}
SAYS = ("at", "action", "subject_kind")
AUDIT_STAYS = "Who did what and when stays, as the brand's account of its trading terms."

AUDIT = (
    Held(
        table="audit_entries",
        what="Entries of the audit log about the person",
        where="subject_id = any(:buyer_ids) or subject_id = any(:user_ids)"
        f" or {mentions('subject_name')}",
        columns={"subject_name": NAME, "before": SAFE, "after": SAFE},
        shows=SAYS,
        writer=FORGET.format(**{**NOTHING, **VALUES, "subject": ":subject_name"}),
        stays=AUDIT_STAYS,
    ),
    Held(
        table="audit_entries",
        what="Entries of the audit log about the person's orders",
        where="subject_id = any(:order_ids)",
        columns={"before": SAFE, "after": SAFE},
        shows=(*SAYS, "subject_name"),
        writer=FORGET.format(**{**NOTHING, **VALUES}),
        stays=AUDIT_STAYS,
    ),
    Held(
        table="audit_entries",
        what="Other entries of the audit log that quote the person's address",
        where=f"{mentions('before::text')} or {mentions('after::text')}",
        columns={"before": SAFE_OF_OTHERS, "after": SAFE_OF_OTHERS},
        shows=SAYS,
        writer=FORGET.format(**{**NOTHING, **VALUES}),
        stays=AUDIT_STAYS,
    ),
    Held(
        table="audit_entries",
        what="Entries of the audit log about what the person did",
        where="actor_id = any(:user_ids)",
        columns={"actor_name": NAME},
        shows=SAYS,
        writer=FORGET.format(**{**NOTHING, "actor": ":actor_name"}),
        stays=AUDIT_STAYS,
    ),
)
AUDIT_HARMLESS: Mapping[str, str] = {"audit_entries": "actor_kind action subject_kind request_id"}

UNDER_WAY = text(f"""
select (select count(*) from outbox_event where {HERS} and exists (
    select from outbox_delivery
    where event_id = outbox_event.id and state in ('pending', 'sent')))
  + (select count(*) from inbox where {HERS} and processed_at is null and dead_at is null)
""")  # noqa: S608 - our own words.


def find_undelivered(session: Session, person: Person, maker_id: UUID | None) -> list[str]:
    """Say so while facts about the person are on their way: their readers need what is in them."""
    if maker_id is not None:
        return []
    number = int(session.scalar(UNDER_WAY, person.params(None)) or 0)
    if not number:
        return []
    return [
        f"{number} events about the person are not handled yet: wait, or look at /ops why they wait."
    ]
