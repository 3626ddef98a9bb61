"""What belongs to NORD in the databases of all services: ids to attack with, canaries to look for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from common.ids import new_id
from devstack.testing.any_stack import AnyStack
from devstack.world import cast

CANARY = "canary-of-nord"
LEA = cast.Staff(new_id(), "lea@soleil.example", "Léa Roux", "admin", (cast.SOLEIL,))
"""Of the same maker, but SOLEIL's alone; an admin, so that hardly a role stops her first."""
SOURCES = {
    "letter_id": ("checkout", "select event_id from inbox"),
    "event_id": ("checkout", "select event_id from outbox_delivery"),
    "link_id": ("links", "select id from links where brand_id = %(brand)s"),
    "buyer_id": ("identity", "select id from buyers where id = %(buyer)s"),
    "address_id": ("identity", "select id from addresses where buyer_id = %(buyer)s"),
    "session_id": ("identity", "select id from sessions where brand_id = %(brand)s"),
    "organisation_id": ("identity", "select organisation_id from memberships"),
    "member_id": ("identity", "select user_id from memberships"),
    "import_id": ("identity", "select id from buyer_imports where brand_id = %(brand)s"),
    "key_id": ("identity", "select id from api_keys where brand_id = %(brand)s"),
    "catalog_id": ("catalog", "select id from catalogs where brand_id = %(brand)s"),
    "product_id": ("catalog", "select id from products where brand_id = %(brand)s"),
    "lookbook_id": ("catalog", "select id from lookbooks where brand_id = %(brand)s"),
    "tax_id": ("catalog", "select id from taxes where brand_id = %(brand)s"),
    "override_id": ("catalog", "select id from rate_overrides"),
    "sheet_id": ("catalog", "select id from order_sheets where brand_id = %(brand)s"),
    "order_id": ("checkout", "select id from orders where brand_id = %(brand)s"),
    "checkout_id": (
        "checkout",
        "select checkout_attempt_id from orders where brand_id = %(brand)s",
    ),
    "group_id": ("checkout", "select id from rate_groups where brand_id = %(brand)s"),
    "rate_id": ("checkout", "select id from shipping_rates"),
    "payment_id": ("checkout", "select id from payments where brand_id = %(brand)s"),
    "message_id": ("notifications", "select id from messages where brand_id = %(brand)s"),
    "recipient_id": ("notifications", "select id from recipients where brand_id = %(brand)s"),
    "endpoint_id": ("notifications", "select id from webhook_endpoints where brand_id = %(brand)s"),
    "delivery_id": ("notifications", "select id from webhook_deliveries"),
}
"""Where the rows are that a route's parameter names. A new parameter belongs here, too."""
MARKS = {
    "links": ("update links set description = %(mark)s where brand_id = %(brand)s",),
    "identity": (
        "update buyers set customer_code = %(mark)s, tax_id = %(mark)s where brand_id = %(brand)s",
    ),
}


@dataclass(frozen=True)
class Treasure:
    ids: Mapping[str, str]
    """By the name of a route's parameter: the id of something of NORD, or of a customer of it."""
    canaries: frozenset[str]
    """Texts that nobody but NORD and its customers may ever read."""


def bury_treasure(stack: AnyStack) -> Treasure:
    """Mark NORD's rows, add LEA, and return what there is to look for."""
    ids = {"brand_id": str(cast.NORD.id)}
    known = {"brand": cast.NORD.id, "buyer": cast.BROOKLYN.id, "mark": CANARY}
    for service in {service for service, _ in SOURCES.values()}:
        with connected(stack, service) as session:
            for statement in MARKS.get(service, ()):
                session.execute(statement, known)
            for name, (where, query) in SOURCES.items():
                if where == service and (found := session.execute(query, known).fetchone()):
                    ids[name] = str(found[0])
    names = {text for catalog in cast.ALL_CATALOGS for _, text in catalog.names}
    codes = {buyer.unique_code for buyer in cast.BUYERS if buyer.brand is cast.NORD}
    links = {link.name for link in cast.LINKS}
    return Treasure(ids, frozenset({CANARY, *names, *codes, *links}))


def connected(stack: AnyStack, service: str) -> "psycopg.Connection[Any]":
    """Connect as the tables' owner, acting as the demo's maker."""
    url = stack.environment(service)["OWNER_DATABASE_URL"].replace("+psycopg", "")
    session = psycopg.connect(url)
    session.execute("select set_config('app.tenant', %s, false)", [str(cast.MAKER_ID)])
    return session


def add_lea(stack: AnyStack) -> None:
    """Give SOLEIL a member of staff of its own; her password is everybody's."""
    known = {"id": LEA.id, "maker": cast.MAKER_ID, "brand": cast.SOLEIL.id, "model": cast.SALES.id}
    known |= {"email": LEA.email, "name": LEA.name, "role": LEA.role}
    with connected(stack, "identity") as session:
        for statement in ADD:
            session.execute(statement, known)


ADD = (
    "insert into users (id, email, name, language, password_hash, created_at)"
    " select %(id)s, %(email)s, %(name)s, language, password_hash, now() from users where id = %(model)s",
    "insert into staff_members (id, maker_id, user_id, role, has_all_brands)"
    " values (%(id)s, %(maker)s, %(id)s, %(role)s, false)",
    "insert into staff_lookup (user_id, maker_id) values (%(id)s, %(maker)s)",
    "insert into staff_brands (maker_id, staff_id, brand_id) values (%(maker)s, %(id)s, %(brand)s)",
)
