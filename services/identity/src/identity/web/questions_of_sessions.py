"""Questions about sign-ins: sessions/read, passes/grant, passes/read."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields, validate

from common.sessions import copy_key
from common.web.internal import answers, questions
from identity.deps import Deps, deps
from identity.store.browsers import has_pass
from identity.usecases.grant_pass import grant_pass
from identity.usecases.read_session import read_session

bp = questions("questions_of_sessions", __name__)
HASH = validate.Regexp(r"^[0-9a-f]{64}$")


class SessionIn(Schema):
    kind = fields.String(required=True, validate=validate.OneOf(["session", "buyer", "api_key"]))
    token_hash = fields.String(required=True, validate=HASH)
    link_id = fields.UUID(load_default=None, allow_none=True)


class PassIn(Schema):
    link_id = fields.UUID(required=True)
    passcode_version = fields.Integer(required=True)
    browser_token_hash = fields.String(load_default=None, allow_none=True, validate=HASH)


@answers(bp, "sessions/read", reads=SessionIn)
def read_claims(kind: str, token_hash: str, link_id: UUID | None) -> Mapping[str, Any]:
    return claims_of(deps(), kind, token_hash, link_id)


@answers(bp, "passes/grant", reads=PassIn)
def answer_pass(
    link_id: UUID, passcode_version: int, browser_token_hash: str | None
) -> Mapping[str, Any]:
    with deps().database.transaction() as session:
        token = grant_pass(
            session,
            link_id=link_id,
            passcode_version=passcode_version,
            browser_token_hash=browser_token_hash,
            now=deps().now(),
        )
    return {"browser_token": token}


@answers(bp, "passes/read", reads=PassIn)
def read_pass(
    link_id: UUID, passcode_version: int, browser_token_hash: str | None
) -> Mapping[str, Any]:
    with deps().database.transaction() as session:
        return {"passed": has_pass(session, browser_token_hash, link_id, passcode_version)}


def answer_session(own: Deps, question: Mapping[str, Any]) -> Mapping[str, Any]:
    """Answer identity's own pages, which read sessions like everybody, without asking by HTTP."""
    link_id = question.get("link_id")
    return claims_of(
        own, question["kind"], question["token_hash"], UUID(link_id) if link_id else None
    )


def claims_of(own: Deps, kind: str, token_hash: str, link_id: UUID | None) -> dict[str, Any]:
    """Return the claims and fill their copy. Raises SessionNotFound."""
    with own.database.transaction() as session:
        claims = read_session(
            session, kind=kind, token_hash=token_hash, link_id=link_id, now=own.now()
        )
    own.copies.fill(copy_key(kind, token_hash, link_id), claims)
    return claims
