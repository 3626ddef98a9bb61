"""Their sign-in: where a browser is sent, and what its uid and state are exchanged for."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

import httpx

from checkout.gateways.next_engine.call import NoAnswer, parsed, successful
from checkout.gateways.next_engine.tokens import Tokens, tokens_in

EXCHANGE = "/api_neauth"
TIMEOUT = httpx.Timeout(20.0, connect=5.0)


@dataclass(frozen=True, slots=True)
class Company:
    """Whose sign-in it was."""

    company_id: str
    name: str
    tokens: Tokens


def sign_in_url(login_url: str, *, client_id: str, redirect_uri: str) -> str:
    """Return where the browser goes; it comes back with uid and state, which live five minutes."""
    query = urlencode({"client_id": client_id, "redirect_uri": redirect_uri})
    return f"{login_url.rstrip('/')}/users/sign_in/?{query}"


def exchange(
    http: httpx.Client,
    api_url: str,
    *,
    uid: str,
    state: str,
    client_id: str,
    client_secret: str,
    now: datetime,
) -> Company:
    """Return the company and its first pair. Raises NotSuccessful, NoAnswer."""
    form = {"uid": uid, "state": state, "client_id": client_id, "client_secret": client_secret}
    try:
        reply = http.post(api_url.rstrip("/") + EXCHANGE, data=form, timeout=TIMEOUT)
    except httpx.HTTPError as lost:
        raise NoAnswer(type(lost).__name__) from lost
    answer = successful(parsed(reply))
    tokens = tokens_in(answer, before=Tokens("", "", now, now))
    company_id = str(answer.get("company_ne_id") or "")
    if tokens is None or not company_id:
        raise NoAnswer("The answer has no tokens or no company.")
    return Company(company_id, str(answer.get("company_name") or company_id), tokens)
