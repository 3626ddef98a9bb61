"""Who acts, for the audit log: the member of staff or the program behind a request."""

from common.audit.values import Actor
from common.errors import Unauthorized
from common.sessions import Claims
from common.web.auth import current_staff


def actor_of(claims: Claims) -> Actor:
    """Return the actor behind these claims, by the name it has now."""
    who = claims.session_id if claims.kind == "api_key" else claims.user_id
    return Actor(claims.kind, who, claims.display_name)


def current_person() -> Claims:
    """Return the member of staff; a program's key is no person. Raises Unauthorized."""
    claims = current_staff()
    if claims.user_id is None or claims.maker_id is None:
        raise Unauthorized("Please sign in as a member of the brand.")
    return claims
