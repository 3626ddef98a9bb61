"""The browser's rules on every page: nonce CSP, CSRF token, Sec-Fetch-Site (K21)."""

import secrets

from flask import Flask, Response, g, request, session
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.wrappers import Response as BaseResponse

from common.errors import Forbidden
from common.web import deps

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
FRAMES = "https://www.youtube-nocookie.com https://player.vimeo.com"
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; "
    f"frame-src {FRAMES}{{frames}}; manifest-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'{forms}; frame-ancestors 'none'"
)


class PageExpired(Forbidden):
    """The form's token is missing or old; the page says so and keeps what was typed."""

    code = "page_expired"


class ForeignRequest(Forbidden):
    """A browser said that another site sent this."""

    code = "foreign_request"


def install(app: Flask) -> None:
    """Protect every unsafe request except service calls and API keys, which carry no cookie."""
    is_secure = deps_of(app).settings.is_secure
    app.config.update(
        SESSION_COOKIE_NAME="__Host-csrf" if is_secure else "csrf",
        SESSION_COOKIE_SECURE=is_secure,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        WTF_CSRF_SSL_STRICT=False,
    )
    csrf = CSRFProtect(app)

    @app.before_request
    def check_origin() -> None:
        if request.method not in UNSAFE or is_machine():
            return
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            raise ForeignRequest("This request came from another site.")
        try:
            csrf.protect()
        except CSRFError as wrong:
            raise PageExpired(
                "This page was open for too long. Please send it once more."
            ) from wrong

    app.after_request(_add_headers)


def deps_of(app: Flask):  # type: ignore[no-untyped-def]
    return app.extensions["deps"]


def is_machine() -> bool:
    """Whether the caller authenticates by a header, which no browser adds by itself."""
    is_internal = request.path.startswith("/internal/")
    is_hook = request.path.startswith("/webhooks/")
    has_key = request.path.startswith("/api/") and "Authorization" in request.headers
    return is_internal or is_hook or has_key


def browser_id() -> str | None:
    """Return what tells this browser apart until it is closed, or None before its first page.

    It is in the signed cookie that CSRF protection keeps, so nobody makes one up.
    """
    known = session.get("csrf_token")
    return str(known) if known else None


def nonce() -> str:
    """Return this answer's nonce for script and style elements."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def allow_form_target(origin: str) -> None:
    """Let this answer's forms lead to `origin`, for a payment page."""
    g.form_targets = f"{g.get('form_targets', '')} {origin}"


def allow_own_frames() -> None:
    """Let this answer show pages of ours in frames, for a preview."""
    g.frame_sources = " 'self'"


def cookie_name(short: str) -> str:
    """Return the cookie's name, with the __Host- prefix wherever the address is https."""
    return f"__Host-{short}" if deps().settings.is_secure else short


def set_cookie(response: BaseResponse, short: str, value: str, *, max_age: int) -> None:
    """Set one of our session cookies: HttpOnly, Lax, for the whole host."""
    response.set_cookie(
        cookie_name(short),
        value,
        max_age=max_age,
        path="/",
        secure=deps().settings.is_secure,
        httponly=True,
        samesite="Lax",
    )


def delete_cookie(response: BaseResponse, short: str) -> None:
    """Take one of our session cookies back, as it was set."""
    response.delete_cookie(
        cookie_name(short),
        path="/",
        secure=deps().settings.is_secure,
        httponly=True,
        samesite="Lax",
    )


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault(
        "Content-Security-Policy",
        POLICY.format(
            nonce=nonce(), forms=g.get("form_targets", ""), frames=g.get("frame_sources", "")
        ),
    )
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    headers.setdefault("Cache-Control", "no-store")
    if deps().settings.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response
