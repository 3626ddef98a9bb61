"""Who calls: the client's address and the raw tokens in its cookies."""

from flask import request

from common.web.security import cookie_name


def client_address() -> str:
    """Return the address the gateway saw; it lets no client say this header itself."""
    return request.headers.get("X-Real-IP") or request.remote_addr or "unknown"


def session_token() -> str | None:
    return request.cookies.get(cookie_name("s"))


def browser_token() -> str | None:
    return request.cookies.get(cookie_name("b"))
