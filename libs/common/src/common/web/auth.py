"""Who is asking. Staff and users come by cookie `s` or API key, buyers by `b` and their link."""

from collections.abc import Mapping
from uuid import UUID

from flask import Flask, current_app, g, request

from common.errors import Forbidden, NotFound, Unauthorized
from common.sessions import Claims
from common.web import deps
from common.web.security import UNSAFE, cookie_name

OWNERS = {"primary_owner", "owner"}
WRITERS = {"primary_owner", "owner", "admin", "member_write"}


class NoWritePermission(Forbidden):
    """A member who may look but not change (R16)."""

    code = "no_write_permission"


class NotAnOwner(Forbidden):
    """What owners alone may see or do (R198)."""

    code = "role_not_enough"
    rule = "R198"


class NotAnOperator(NotFound):
    """Who is signed in keeps a brand's business or a buyer's: for them there is no machinery."""

    code = "not_an_operator"


class ScopeMissing(Forbidden):
    """The API key was not made for this."""

    code = "scope_missing"


OWN_SCOPES = "OWN_SCOPES"
"""Config: by a blueprint's name the first word of the scopes that open it instead of the service's."""


def install(app: Flask, *, own_scopes: Mapping[str, str]) -> None:
    """Hold an API key against its scopes before anything of its request is read."""
    app.config[OWN_SCOPES] = dict(own_scopes)

    @app.before_request
    def check_key() -> None:
        has_key = "Authorization" in request.headers
        if has_key and request.path.startswith(f"/api/{deps().settings.service}/v1/"):
            current_session()


def known_claims() -> Claims | None:
    """Return the claims that this request has already been given, without asking for any."""
    claims: Claims | None = g.get("claims")
    return claims


def current_session() -> Claims:
    """Return the signed-in staff member or user, or the API key. Raises Unauthorized, ScopeMissing.

    Here, and nowhere else, a key's scopes are held against what the request is about to do.
    """
    if "session_claims" not in g:
        g.session_claims = g.claims = _read_session()
    claims: Claims | None = g.session_claims
    if claims is None:
        raise Unauthorized("Please sign in.")
    demand_scope(claims, "write" if request.method in UNSAFE else "read")
    return claims


def current_staff() -> Claims:
    """Return the signed-in staff member, or the API key of one. Raises Unauthorized."""
    claims = current_session()
    if claims.kind not in ("staff", "api_key") or claims.maker_id is None:
        raise Unauthorized("Please sign in as a member of the brand.")
    return claims


def current_operator() -> Claims:
    """Return the signed-in operator: of no maker, no program. Raises Unauthorized, NotAnOperator.

    `Claims.operator` is something else: the person of staff who orders in a buyer's name.
    """
    claims = current_session()
    if claims.kind != "operator" or claims.user_id is None:
        raise NotAnOperator("There is no such page.")
    return claims


def current_user() -> Claims:
    """Return the signed-in user of the Buyer App. Raises Unauthorized."""
    claims = current_session()
    if claims.user_id is None:
        raise Unauthorized("Please sign in with your user account.")
    return claims


def staff_for(brand_id: UUID, *, write: bool = False) -> Claims:
    """Return the staff member who may see, or change, this brand. Another's brand is not there."""
    claims = current_staff()
    if brand_id not in claims.brand_ids:
        raise NotFound("There is no such brand.")
    if write:
        demand_write(claims)
    return claims


def demand_write(claims: Claims) -> None:
    """Raise NoWritePermission unless the role may change things (R16)."""
    if claims.role not in WRITERS:
        raise NoWritePermission("Your role can look at this, but not change it.", rule="R16")
    demand_scope(claims, "write")


def demand_owner(claims: Claims) -> None:
    """Raise NotAnOwner unless the role is an owner's (R198)."""
    if claims.role not in OWNERS:
        raise NotAnOwner("Your role does not include this.")


def demand_scope(claims: Claims, verb: str) -> None:
    """Raise ScopeMissing unless the API key may `read` or `write` what the request is about.

    Writing includes reading. People are not held to scopes, they have roles.
    """
    own: Mapping[str, str] = current_app.config[OWN_SCOPES]
    area = own.get(request.blueprint or "", deps().settings.service)
    enough = {f"{area}:write", f"{area}:{verb}"}
    if claims.kind == "api_key" and not enough.intersection(claims.scopes):
        raise ScopeMissing("This API key was not made for that.")


def read_buyer(link_id: UUID) -> Claims | None:
    """Return the session that this browser has on that link, or None."""
    token = request.cookies.get(cookie_name("b"))
    if not token:
        return None
    claims = deps().sessions.read("buyer", token, link_id=link_id)
    if claims and claims.link_id == link_id:
        g.claims = claims
        return claims
    return None


def _read_session() -> Claims | None:
    if request.path.startswith("/api/") and "Authorization" in request.headers:
        # Whoever shows anything there is asked for no CSRF token, so a cookie counts for nothing.
        scheme, _, key = request.headers["Authorization"].partition(" ")
        is_key = scheme.lower() == "bearer" and key
        return deps().sessions.read("api_key", key) if is_key else None
    token = request.cookies.get(cookie_name("s"))
    return deps().sessions.read("session", token) if token else None
