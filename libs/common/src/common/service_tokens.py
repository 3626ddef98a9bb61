"""How services know each other: Ed25519 tokens, one per caller and audience, 60 s (K20)."""

import time
from collections.abc import Mapping
from functools import lru_cache

import jwt

from common.errors import Unauthorized
from common.ids import new_id

LIFETIME_SECONDS = 60
LEEWAY_SECONDS = 5
TYPE = "orderlink-service+jwt"
ALGORITHM = "EdDSA"


class TokenMaker:
    """Signs short tokens; one is used again for half of its life."""

    def __init__(self, *, service: str, private_key: str) -> None:
        self._service = service
        self._key = private_key
        self._made: dict[str, tuple[float, str]] = {}

    def token_for(self, audience: str) -> str:
        """Return a token that only `audience` accepts."""
        now = time.time()
        made_at, token = self._made.get(audience, (0.0, ""))
        if now - made_at > LIFETIME_SECONDS / 2:
            token = self._sign(audience, int(now))
            self._made[audience] = (now, token)
        return token

    def _sign(self, audience: str, now: int) -> str:
        claims = {
            "iss": self._service,
            "aud": audience,
            "iat": now,
            "exp": now + LIFETIME_SECONDS,
            "jti": str(new_id()),
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHM, headers={"typ": TYPE})


def caller_of(token: str, *, audience: str, public_keys: Mapping[str, str]) -> str:
    """Return which service signed the token for us. Raises Unauthorized."""
    issuer, expires_at = _checked(token, audience, tuple(public_keys.items()))
    if expires_at + LEEWAY_SECONDS < time.time():
        raise Unauthorized("The service token is not valid.")
    return issuer


@lru_cache(maxsize=256)
def _checked(
    token: str, audience: str, public_keys: tuple[tuple[str, str], ...]
) -> tuple[str, int]:
    """Return issuer and end of a token. Callers send one for half a minute: it is checked once."""
    try:
        issuer = str(jwt.decode(token, options={"verify_signature": False})["iss"])
        claims = jwt.decode(
            token,
            dict(public_keys)[issuer],
            algorithms=[ALGORITHM],
            audience=audience,
            leeway=LEEWAY_SECONDS,
            options={"require": ["iss", "aud", "exp", "iat", "jti"]},
        )
        if jwt.get_unverified_header(token).get("typ") != TYPE:
            raise Unauthorized("This is no service token.")
    except (jwt.PyJWTError, KeyError) as wrong:
        raise Unauthorized("The service token is not valid.") from wrong
    return issuer, int(claims["exp"])
