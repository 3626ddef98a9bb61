"""The two questions about a person that every service answers, to identity's command alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Blueprint, g
from marshmallow import EXCLUDE, Schema, fields, validate
from sqlalchemy.orm import Session

from common.errors import Forbidden
from common.operations.doer import Doer
from common.operations.log import record_action
from common.privacy import Person, Register
from common.privacy.erasing import Erased, erase_person, find_blocks, try_erasure
from common.privacy.exporting import export_person
from common.web import deps
from common.web.internal import answers, questions

ASKER = "identity"


class PersonIn(Schema):
    """As `Person.as_json` tells it."""

    class Meta:
        unknown = EXCLUDE

    emails = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    maker_ids = fields.List(fields.UUID(), required=True)
    is_whole = fields.Boolean(required=True)
    user_ids = fields.List(fields.UUID(), required=True)
    buyer_ids = fields.List(fields.UUID(), required=True)
    organisation_ids = fields.List(fields.UUID(), required=True)
    order_ids = fields.List(fields.UUID(), required=True)
    names = fields.Dict(keys=fields.UUID(), values=fields.List(fields.String()), required=True)


class ExportIn(Schema):
    person = fields.Nested(PersonIn, required=True)


class EraseIn(ExportIn):
    dry_run = fields.Boolean(required=True)
    digest = fields.String(required=True)
    """What the log calls the person."""
    reason = fields.String(required=True)
    by = fields.String(required=True)


def privacy(register: Register) -> Blueprint:
    """Return the questions, answered out of this register."""
    blueprint = questions("privacy", __name__)
    blueprint.before_request(_demand_identity)

    @answers(blueprint, "privacy/export", reads=ExportIn)
    def read_person(person: dict[str, Any]) -> Mapping[str, Any]:
        with deps().database.transaction() as session:
            whole = Person.of_json(person)
            return {
                "order_ids": [str(each) for each in _orders(session, register, whole)],
                "parts": export_person(session, register, whole),
            }

    @answers(blueprint, "privacy/erase", reads=EraseIn)
    def forget_person(
        person: dict[str, Any], dry_run: bool, digest: str, reason: str, by: str
    ) -> Mapping[str, Any]:
        with deps().database.transaction() as session:
            whole = Person.of_json(person)
            orders = [str(each) for each in _orders(session, register, whole)]
            if dry_run:
                blocks, done = try_erasure(session, register, whole)
            else:
                blocks = find_blocks(session, register, whole)
                done = [] if blocks else erase_person(session, register, whole)
                _record(session, Doer("command", None, by), done, digest=digest, reason=reason)
        return {
            "order_ids": orders,
            "blocked_by": blocks,
            "parts": [asdict(each) for each in done],
        }

    return blueprint


def _record(
    session: Session, doer: Doer, done: Sequence[Erased], *, digest: str, reason: str
) -> None:
    """Write down that it was done and why, where anything was."""
    number = sum(each.number for each in done)
    record_action(
        session, doer, "person_erased", subject={"person": digest}, number=number, reason=reason
    )


def _orders(session: Session, register: Register, person: Person) -> Collection[UUID]:
    return register.find_orders(session, person) if register.find_orders else person.order_ids


def _demand_identity() -> None:
    if g.caller != ASKER:
        raise Forbidden("Only identity asks about a person.")
