"""Asks every service about a person, each of its own database: export, trial, erasure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from common.commands import Refused
from common.errors import Refusal
from common.privacy import Person
from identity.deps import Deps

SERVICES = ("checkout", "catalog", "links", "notifications", "identity")
"""In this order: checkout knows the orders, and identity by whom all is found, so it forgets last."""
SECONDS = 600.0
"""A question may read whole tables."""

Answers = dict[str, Mapping[str, Any]]


def ask_all(deps: Deps, question: str, person: Person, **asked: Any) -> Answers:
    """Return every service's answer, in order, until one is blocked. Raises Refused."""
    answers: Answers = {}
    for service in SERVICES:
        answer = ask_one(deps, service, question, person, **asked)
        answers[service] = answer
        if answer.get("blocked_by") and not asked.get("dry_run"):
            break
        person = with_orders(person, answer)
    return answers


def ask_one(
    deps: Deps, service: str, question: str, person: Person, **asked: Any
) -> Mapping[str, Any]:
    """Return one service's answer. Raises Refused when it does not come: repeating is harmless."""
    if service not in deps.settings.peers:
        raise Refused(f"PEERS in the environment does not name {service}.")
    body = {"person": person.as_json(), **asked}
    try:
        return deps.peers.ask(service, question, body, again=False, within=SECONDS)
    except Refusal as refused:
        raise Refused(f"{service} did not answer ({refused.code}). Run this again.") from refused


def with_orders(person: Person, answer: Mapping[str, Any]) -> Person:
    """Return the person with the orders that the answer names."""
    return replace(person, order_ids=tuple(UUID(each) for each in answer["order_ids"]))
