"""One call: lease, tokens, POST, commit new tokens, and only then read the result."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import structlog

from checkout.domain.next_engine.policy import Policy, policy_of
from checkout.gateways.next_engine.tokens import TokenKeeper, Tokens, tokens_in
from common.tracing import span

log = structlog.get_logger()

TIMEOUT = httpx.Timeout(60.0, connect=5.0)
EXPIRY_MARGIN = timedelta(minutes=2)
PING = "/api_v1_login_company/info"
Answer = dict[str, Any]


class NotSuccessful(Exception):
    """NEXT ENGINE said error or redirect, in their code and words."""

    def __init__(self, policy: Policy, code: str, words: str) -> None:
        super().__init__(f"{code} {words}".strip())
        self.policy = policy
        self.code = code
        self.words = words


class NoAnswer(Exception):
    """Whether it happened is not known: a lost connection, a 5xx, or an answer that is no JSON."""


class NextEngine:
    """Calls for one company."""

    def __init__(self, *, api_url: str, keeper: TokenKeeper, http: httpx.Client) -> None:
        self._api_url = api_url.rstrip("/")
        self._keeper = keeper
        self._http = http

    def call(self, path: str, fields: Mapping[str, str | bytes], *, now: datetime) -> Answer:
        """Return the answer of a successful call. Raises NotSuccessful, NoAnswer.

        An access token about to end is changed by a harmless call first, so that an answer lost
        at that moment never coincides with an upload.
        """
        with self._keeper.alone():
            tokens = self._keeper.read()
            if path != PING and tokens.access_ends_at - EXPIRY_MARGIN <= now:
                self._post(PING, {}, tokens)
                tokens = self._keeper.read()
            answer = self._post(path, fields, tokens)
        return successful(answer)

    def _post(self, path: str, fields: Mapping[str, str | bytes], tokens: Tokens) -> Answer:
        body = urlencode(
            {"access_token": tokens.access, "refresh_token": tokens.refresh, **fields}
        ).encode()
        answer = parsed(self._send(path, body))
        new = tokens_in(answer, before=tokens)
        if new:
            self._keeper.save(new)
        return answer

    def _send(self, path: str, body: bytes) -> httpx.Response:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            with span(f"NEXT ENGINE {path}", kind="client"):
                return self._http.post(
                    self._api_url + path, content=body, headers=headers, timeout=TIMEOUT
                )
        except httpx.HTTPError as lost:
            log.warning("next engine gave no answer", path=path, kind=type(lost).__name__)
            raise NoAnswer(type(lost).__name__) from lost


def parsed(reply: httpx.Response) -> Answer:
    """Return what they said, whatever it is. Raises NoAnswer where it is no answer at all."""
    if reply.status_code >= 400:
        raise NoAnswer(f"HTTP {reply.status_code}")
    try:
        answer = reply.json()
    except ValueError as wrong:
        raise NoAnswer("The answer is no JSON.") from wrong
    if not isinstance(answer, dict) or "result" not in answer:
        raise NoAnswer("The answer has no result.")
    return answer


def successful(answer: Answer) -> Answer:
    """Return the answer. Raises NotSuccessful when it says error or redirect."""
    result, code = str(answer["result"]), str(answer.get("code") or "")
    if result == "success":
        return answer
    raise NotSuccessful(policy_of(result, code), code, _words(answer.get("message")))


def _words(message: object) -> str:
    """Return their message as text; bulk APIs send lists or objects."""
    if isinstance(message, list):
        return " / ".join(_words(each) for each in message)
    if isinstance(message, dict):
        return " / ".join(_words(each) for each in message.values())
    return str(message or "")
