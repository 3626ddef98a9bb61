"""The two questions about a person that every service answers, to identity's command alone."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Blueprint, g
from marshmallow import Schema, fields

from common.errors import Forbidden
from common.operations.doer import Doer
from common.operations.log import record_action
from common.privacy import Person, Register
from common.privacy.erasing import erase_person, find_blocks
from common.privacy.exporting import export_person
from common.web import deps
from common.web.internal import answers, questions

ASKER = "identity"


class ExportIn(Schema):
    person = fields.Dict(required=True)


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
            whole, trial = Person.of_json(person), session.begin_nested()
            orders = [str(each) for each in _orders(session, register, whole)]
            blocks = find_blocks(session, register, whole)
            done = erase_person(session, register, whole) if dry_run or not blocks else []
            if dry_run or blocks:
                trial.rollback()
            else:
                record_action(
                    session,
                    Doer("command", None, by),
                    "person_erased",
                    subject={"person": digest},
                    number=sum(each.number for each in done),
                    reason=reason,
                )
        return {
            "order_ids": orders,
            "blocked_by": blocks,
            "parts": [asdict(each) for each in done],
        }

    return blueprint


def _orders(session: Any, register: Register, person: Person) -> Any:
    return register.find_orders(session, person) if register.find_orders else person.order_ids


def _demand_identity() -> None:
    if g.caller != ASKER:
        raise Forbidden("Only identity asks about a person.")
