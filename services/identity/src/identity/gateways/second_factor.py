"""TOTP keys: made, kept encrypted, drawn for the phone's camera, compared."""

import base64
import hashlib
import hmac
import io
from datetime import datetime

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken

from identity.domain.second_factor import STEP_SECONDS, digits_of

ISSUER = "Orderlink"


class SecondFactors:
    """Seals keys under a key derived from the service's own; without it no row is of use."""

    def __init__(self, key: str) -> None:
        derived = hmac.new(key.encode(), b"second factor", hashlib.sha256).digest()
        self._box = Fernet(base64.urlsafe_b64encode(derived))

    def new(self) -> str:
        """Return a new key, sealed."""
        return self._box.encrypt(pyotp.random_base32().encode()).decode()

    def secret(self, sealed: str) -> str:
        """Return the key as people type it into an app that has no camera."""
        return self._box.decrypt(sealed.encode()).decode()

    def picture(self, sealed: str, *, account: str) -> str:
        """Return the code to photograph as an SVG element."""
        address = pyotp.TOTP(self.secret(sealed)).provisioning_uri(name=account, issuer_name=ISSUER)
        drawn = io.BytesIO()
        segno.make(address, error="m").save(
            drawn,
            kind="svg",
            xmldecl=False,
            svgns=True,
            scale=5,
            border=2,
            omitsize=True,
            title=None,
            svgclass="qr",
            lineclass=None,
            light="#fff",
        )
        return drawn.getvalue().decode()

    def step_of(self, sealed: str, typed: str, *, after: int | None, now: datetime) -> int | None:
        """Return the step whose code was typed, later than `after`; None: wrong or used before.

        One step either side is let pass: phones' clocks differ.
        """
        try:
            totp = pyotp.TOTP(self.secret(sealed))
        except InvalidToken:
            return None
        present, digits = int(now.timestamp()) // STEP_SECONDS, digits_of(typed)
        for step in (present, present - 1, present + 1):
            is_fresh = after is None or step > after
            if is_fresh and hmac.compare_digest(totp.at(step * STEP_SECONDS), digits):
                return step
        return None
