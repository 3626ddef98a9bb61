"""Who calls: the client's address and the raw tokens in its cookies."""

from flask import request

from common.web.callers import client_address, neighbourhood
from common.web.security import cookie_name


def session_token() -> str | None:
    return request.cookies.get(cookie_name("s"))


def browser_token() -> str | None:
    return request.cookies.get(cookie_name("b"))


__all__ = ["browser_token", "client_address", "neighbourhood", "session_token"]
