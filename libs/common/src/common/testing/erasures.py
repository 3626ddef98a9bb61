"""Erasing a planted person from a service, and what is found of it before and afterwards."""

import itertools
import json
from collections.abc import Mapping
from functools import partial
from typing import Any

import psycopg
from flask import Flask
from psycopg import sql

from common.privacy import Person, Register
from common.service_tokens import TokenMaker
from common.testing.persons import Planter
from common.testing.settings import make_keys

ASKED = {"digest": "d1", "reason": "she asked", "by": "a test"}
TEXTS = ("text", "character varying", "jsonb", "json", "bytea", "ARRAY", "inet", "USER-DEFINED")
AS_REGISTERED: Mapping[str, Any] = {
    "not told": [],
    "blocked by": [],
    "changed by a trial": False,
    "other than the trial said": set(),
    "left or lost": [],
    "mentions": 0,
    "logged": True,
    "done the second time": [],
    "changed the second time": False,
}
"""What `play_erasure` finds when a service does what its register says."""


def play_erasure(
    app: Flask,
    connection: "psycopg.Connection[Any]",
    register: Register,
    person: Person,
    rows: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """Plant the person everywhere, export, try, erase, erase again; return what came of it.

    "left or lost": places where a canary is that the register does not keep, or is not that it
    does. "mentions": how often the address itself is still somewhere.
    """
    canaries = Planter(connection, person, rows=rows).plant(register)
    ask = partial(ask_privacy, app, register.service)
    told = json.dumps(ask("export", person), ensure_ascii=False)
    before = everything(connection)
    trial = ask("erase", person, dry_run=True, **ASKED)
    after_trial = everything(connection)
    done = ask("erase", person, dry_run=False, **ASKED)
    left = everything(connection)
    again = ask("erase", person, dry_run=False, **ASKED)
    return {
        "not told": [c.place for c in canaries if (c.word in told) == c.is_secret],
        "blocked by": trial["blocked_by"] + done["blocked_by"],
        "changed by a trial": after_trial != before,
        "other than the trial said": _kinds(trial) ^ _kinds(done),
        "left or lost": [c.place for c in canaries if (c.word in left) != c.is_kept],
        "mentions": left.lower().count(person.emails[0]),
        "logged": ASKED["digest"] in left,
        "done the second time": again["parts"],
        "changed the second time": everything(connection) != left,
    }


def _kinds(answer: Mapping[str, Any]) -> set[str]:
    return {part["what"] for part in answer["parts"]}


def everything(connection: "psycopg.Connection[Any]") -> str:
    """Return every row of every table as text."""
    tables = connection.execute("select tablename from pg_tables where schemaname = 'public'")
    names = [name for (name,) in tables.fetchall()]
    rows = (
        connection.execute(sql.SQL("select t::text from {} t").format(sql.Identifier(name)))
        for name in names
    )
    return "\n".join(text for each in rows for (text,) in each.fetchall())


def unnamed_columns(connection: "psycopg.Connection[Any]", register: Register) -> set[str]:
    """Return the columns of text or JSON that are there and not in the register, or the other way
    round; and those that are in two of its lists."""
    found = connection.execute(
        "select table_name || '.' || column_name from information_schema.columns"
        " where table_schema = 'public' and table_name <> 'alembic_version'"
        " and data_type = any(%s)",
        (list(TEXTS),),
    )
    there = {name for (name,) in found.fetchall()}
    held = {f"{each.table}.{name}" for each in register.held for name in each.columns}
    harmless = {
        f"{table}.{name}" for table, names in register.harmless.items() for name in names.split()
    }
    lists = (held, set(register.passing), harmless)
    twice = {name for a, b in itertools.combinations(lists, 2) for name in a & b}
    return (there ^ set().union(*lists)) | twice


def ask_privacy(
    app: Flask,
    service: str,
    question: str,
    person: Person,
    *,
    caller: str = "identity",
    **asked: Any,
) -> dict[str, Any]:
    """Ask the service as identity's command does."""
    return ask_about(app, service, question, person.as_json(), caller=caller, **asked)


def ask_about(
    app: Flask, service: str, question: str, person: Any, *, caller: str = "identity", **asked: Any
) -> dict[str, Any]:
    """Ask about a person that is told in whatever shape."""
    tokens = TokenMaker(service=caller, private_key=make_keys()[0][caller])
    reply = app.test_client().post(
        f"/internal/v1/privacy/{question}",
        json={"person": person, **asked},
        headers={"Authorization": f"Bearer {tokens.token_for(service)}"},
    )
    return {"status": reply.status_code, **(reply.json or {})}
