"""What follows the right password: the second step, then a session or the choice of a buyer."""

from datetime import datetime
from uuid import UUID

from flask import redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from common.web.security import cookie_name, delete_cookie, set_cookie
from identity.deps import deps
from identity.domain import lifetimes
from identity.domain.device import device_name
from identity.domain.methods import Method
from identity.domain.paths import local_path
from identity.store.users import get_user
from identity.usecases.begin_choice import begin_choice
from identity.usecases.open_session import Opened, open_session
from identity.usecases.second_step import begin_second_step
from identity.web.callers import browser_token, session_token
from identity.web.visits import current_door

HOMES = {"staff": "/links", "user": "/app", "operator": "/ops"}
LAST_METHOD = "last_method"
HALF = "h"
A_YEAR = 365 * 24 * 3600


def admit(
    user_id: UUID, *, wish: str | None = None, link_token: str | None = None
) -> ResponseReturnValue:
    """Let the user in whose password was right: where it wished to go, or to a link's buyers.

    With a second factor on, the way leads past it first.
    """
    now = deps().now()
    with deps().database.transaction() as session:
        if get_user(session, user_id).totp_confirmed_at is not None:
            token = begin_second_step(
                session, user_id, next_path=wish, link_token=link_token, now=now
            )
            response = redirect("/signin/second-step")
            set_cookie(response, HALF, token, max_age=int(lifetimes.SECOND_STEP.total_seconds()))
            return response
    return let_in(user_id, wish=wish, link_token=link_token)


def let_in(user_id: UUID, *, wish: str | None, link_token: str | None) -> ResponseReturnValue:
    """Open what both factors, or the only one, were shown for."""
    if link_token:
        return _to_the_buyers(user_id, link_token)
    with deps().database.transaction() as session:
        opened = open_own_session(session, user_id, now=deps().now())
    return enter(opened, wish=wish)


def open_own_session(session: Session, user_id: UUID, *, now: datetime) -> Opened:
    """Open the user's session in this browser, in the place of the one before."""
    device = device_name(request.headers.get("User-Agent"))
    return open_session(session, user_id=user_id, replaces=session_token(), now=now, device=device)


def enter(opened: Opened, *, wish: str | None = None) -> Response:
    """Return the way in after signing in: the wished page of this site, else one's home."""
    deps().copies.bury(opened.dead_copies)
    response = redirect(local_path(wish, default=HOMES[opened.kind]))
    set_cookie(response, "s", opened.token, max_age=int(opened.lifetime.total_seconds()))
    delete_cookie(response, HALF)
    return response


def half_token() -> str | None:
    return request.cookies.get(cookie_name(HALF))


def keep_browser(response: Response, token: str, *, method: Method) -> Response:
    """Give the browser its token, and remember on this device how its holder signed in."""
    set_cookie(response, "b", token, max_age=int(lifetimes.BUYER.total_seconds()))
    set_cookie(response, LAST_METHOD, method, max_age=A_YEAR)
    return response


def _to_the_buyers(user_id: UUID, link_token: str) -> ResponseReturnValue:
    """On a link a user chooses its buyer next (R36)."""
    door = current_door(link_token)
    with deps().database.transaction(door.link.maker_id) as session:
        renewed = begin_choice(
            session,
            link_id=door.link.id,
            user_id=user_id,
            browser_token=browser_token(),
            now=deps().now(),
        )
    deps().copies.bury(renewed.dead_copies)
    response = redirect(f"/signin/{link_token}/buyers")
    delete_cookie(response, HALF)
    return keep_browser(response, renewed.token, method=Method.USER_ACCOUNT)
