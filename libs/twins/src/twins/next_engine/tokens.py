"""Pairs of tokens: one day, three days, and exactly one call that rotates them.

A token carries who it is for and a signature. So a twin that was restarted, and forgot everything,
still takes the pair that it once gave out; a pair that was replaced stays dead while it remembers.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from twins.next_engine.answers import Refused
from twins.next_engine.clock import japan_time

ACCESS_LIFE = timedelta(days=1)
REFRESH_LIFE = timedelta(days=3)

# Nothing here is a secret: whoever reads this file may sign a token of the twin.
_SIGNING_KEY = b"a twin keeps no secrets"


@dataclass(frozen=True)
class Claims:
    """What a token says about itself."""

    kind: str
    company_ne_id: str
    uid: str
    session: str
    """One login of this person; a rotation stays in it."""
    serial: str
    issued_at: datetime


@dataclass(frozen=True)
class Pair:
    access: str
    refresh: str
    issued_at: datetime

    @property
    def access_end(self) -> datetime:
        return self.issued_at + ACCESS_LIFE

    @property
    def refresh_end(self) -> datetime:
        return self.issued_at + REFRESH_LIFE

    def fields(self) -> dict[str, str]:
        """Return the four fields as answers carry them."""
        return {
            "access_token": self.access,
            "access_token_end_date": japan_time(self.access_end),
            "refresh_token": self.refresh,
            "refresh_token_end_date": japan_time(self.refresh_end),
        }


class Sessions:
    """The living pairs of one company's people. Callers hold the company's lock."""

    def __init__(self, company_ne_id: str) -> None:
        self._company = company_ne_id
        self._pairs: dict[tuple[str, str], Pair] = {}

    def log_in(self, uid: str, *, now: datetime, replaces: bool) -> Pair:
        """Issue a first pair; with `replaces`, end the person's earlier ones."""
        if replaces:
            self._pairs = {key: pair for key, pair in self._pairs.items() if key[0] != uid}
        return self._issue(uid, secrets.token_hex(4), now)

    def use(self, claims: Claims, access: str, refresh: str | None, *, now: datetime) -> Pair:
        """Return the pair an answer must carry, rotated when it was time. Raises Refused."""
        pair = self._pairs.get((claims.uid, claims.session))
        if pair is None:
            pair = self._adopt(claims, access, refresh)
        if pair is None or pair.access != access or refresh not in (None, "", pair.refresh):
            raise Refused("002002", "access_tokenが不正です。", tokens=False)
        if now < pair.access_end:
            return pair
        if now >= pair.refresh_end:
            raise Refused("002004", "access_tokenとrefresh_tokenの有効期限切れです。", tokens=False)
        if not refresh:
            raise Refused("002004", "ログインし直してください。", result="redirect", tokens=False)
        return self._issue(claims.uid, claims.session, now)

    def pair_of(self, uid: str) -> Pair | None:
        """Return the person's newest living pair."""
        return next((p for (who, _), p in reversed(self._pairs.items()) if who == uid), None)

    def _issue(self, uid: str, session: str, now: datetime) -> Pair:
        serial = secrets.token_hex(8)
        access, refresh = (
            _write(Claims(kind, self._company, uid, session, serial, now)) for kind in ("at", "rt")
        )
        pair = self._pairs[uid, session] = Pair(access, refresh, _whole_seconds(now))
        return pair

    def _adopt(self, claims: Claims, access: str, refresh: str | None) -> Pair | None:
        """Take over a pair that an earlier process of this twin issued, if its person is new here."""
        other = read_token(refresh or "")
        if other is None or other.serial != claims.serial or self.pair_of(claims.uid) is not None:
            return None
        pair = self._pairs[claims.uid, claims.session] = Pair(
            access, refresh or "", claims.issued_at
        )
        return pair


def read_token(token: str) -> Claims | None:
    """Return what the token says, or None when this twin cannot have made it."""
    kind, _, rest = token.partition("_")
    body, _, signature = rest.partition(".")
    if not hmac.compare_digest(signature.encode(), _sign(f"{kind}_{body}").encode()):
        return None
    company, uid, session, serial, issued = base64.urlsafe_b64decode(body).decode().split("|")
    return Claims(kind, company, uid, session, serial, datetime.fromtimestamp(int(issued), UTC))


def _write(claims: Claims) -> str:
    issued = int(claims.issued_at.timestamp())
    text = f"{claims.company_ne_id}|{claims.uid}|{claims.session}|{claims.serial}|{issued}"
    body = f"{claims.kind}_{base64.urlsafe_b64encode(text.encode()).decode()}"
    return f"{body}.{_sign(body)}"


def _sign(body: str) -> str:
    return hmac.new(_SIGNING_KEY, body.encode(), hashlib.sha256).hexdigest()[:24]


def _whole_seconds(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)
