"""Where mails go: any server, plain or encrypted, with or without signing in."""

import smtplib
import socket
import ssl
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

from notifications.gateways.smtp_deadline import deadline

TIMEOUT_SECONDS = 20
CONNECT_SECONDS = 45
STARTTLS = ("required", "offered", "never")


class Unencrypted(smtplib.SMTPException):
    """The server offers no encryption where we insist on it."""


@dataclass(frozen=True)
class SmtpServer:
    """One server. `starttls`: required, used where offered, or never."""

    host: str
    port: int
    is_tls: bool
    starttls: str
    user: str | None
    password: str | None
    ca_file: str | None = None
    """Certificates to trust beside the system's, for a server that signs its own."""

    @classmethod
    def of_url(cls, url: str, *, ca_file: str | None = None) -> "SmtpServer":
        """Return the server of smtp://[user:password@]host[:port][?starttls=…] or smtps://…

        Who signs in does so encrypted, unless the server is this machine. Raises ValueError.
        """
        parts = urlsplit(url)
        is_tls = parts.scheme == "smtps"
        host = parts.hostname or "localhost"
        needs_tls = bool(parts.username) and not _is_here(host)
        default = "required" if needs_tls else "offered"
        starttls = parse_qs(parts.query).get("starttls", [default])[0]
        if starttls not in STARTTLS or parts.scheme not in ("smtp", "smtps"):
            raise ValueError("SMTP_URL is smtp://… or smtps://…, starttls required|offered|never")
        if needs_tls and not is_tls and starttls != "required":
            raise ValueError("a password is sent encrypted only: starttls=required, or smtps://")
        return cls(
            host=host,
            port=parts.port or (465 if is_tls else 587),
            is_tls=is_tls,
            starttls=starttls,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password or ""),
            ca_file=ca_file,
        )

    def connect(self) -> smtplib.SMTP:
        """Return a connection that is ready for a mail. Raises OSError, SMTPException."""
        smtp = self._unconnected()
        try:
            with deadline(smtp, CONNECT_SECONDS):
                self._greet(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def greets(self, *, within: float) -> bool:
        """Whether the server takes a connection and, where it speaks first in the clear, greets.

        Without signing in: servers count sign-ins. `within`: seconds for each step.
        """
        try:
            with socket.create_connection((self.host, self.port), within) as wire:
                return self.is_tls or wire.recv(3) == b"220"
        except OSError:
            return False

    def _unconnected(self) -> smtplib.SMTP:
        """Return the client; it is told its host first, whose name the certificate must bear."""
        if self.is_tls:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(timeout=TIMEOUT_SECONDS, context=self._context())
        else:
            smtp = smtplib.SMTP(timeout=TIMEOUT_SECONDS)
        smtp._host = self.host  # type: ignore[attr-defined]
        return smtp

    def _greet(self, smtp: smtplib.SMTP) -> None:
        code, words = smtp.connect(self.host, self.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, words)
        smtp.ehlo_or_helo_if_needed()
        if not self.is_tls:
            self._encrypt(smtp)
        if self.user:
            smtp.login(self.user, self.password or "")

    def _encrypt(self, smtp: smtplib.SMTP) -> None:
        if self.starttls == "never":
            return
        if smtp.has_extn("starttls"):
            smtp.starttls(context=self._context())
            smtp.ehlo()
        elif self.starttls == "required":
            raise Unencrypted("the server does not offer STARTTLS")

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self.ca_file:
            context.load_verify_locations(self.ca_file)
        return context


def lost_words(lost: Exception) -> str:
    """Return what went wrong without what we had said, which may hold a password."""
    if isinstance(lost, smtplib.SMTPAuthenticationError):
        return f"it refused the sign-in ({lost.smtp_code})"
    return f"{type(lost).__name__} {lost}".strip()[:200]


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
