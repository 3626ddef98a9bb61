"""What somebody wishes of a buyer's ways into links: typed, made by us, or none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from common.errors import FieldError, Invalid, Refusal
from identity.domain.generated import make_passcode
from identity.domain.passcode import check_passcode
from identity.domain.password import WeakPassword, check_password
from identity.gateways.passwords import Passwords
from identity.usecases.set_ways_in import checked_email


@dataclass(frozen=True, slots=True)
class Wishes:
    """The raw secrets live here, in this request, and go into a hash and at most one page."""

    login_email: str | None
    login_password: str | None
    passcode: str | None
    made: Mapping[str, str]
    """Those that we made, to be shown once."""

    def hashed(self, passwords: Passwords) -> tuple[str | None, str | None]:
        """Return the hashes of password and passcode. Call it outside any transaction."""
        password = passwords.hash(self.login_password) if self.login_password else None
        return password, passwords.hash(self.passcode) if self.passcode else None


@dataclass(frozen=True, slots=True)
class Wish:
    """One secret. `is_made`: by us, so it has to be shown, once."""

    raw: str
    is_made: bool


def password_wish(typed: str, *, is_needed: bool) -> Wish:
    """Return the typed password, or a made one where one is needed, else an empty one.

    Raises Invalid at `login_password`.
    """
    if typed:
        check_own_password(typed)
        return Wish(typed, is_made=False)
    return Wish(make_passcode() if is_needed else "", is_made=is_needed)


def checked_passcode(typed: str, *, unique_code: str) -> Wish:
    """Return the typed passcode, or a made one. Raises Invalid at `passcode`."""
    if not typed:
        return Wish(make_passcode(), is_made=True)
    check_passcode(typed, unique_code=unique_code)
    return Wish(typed, is_made=False)


def read_wishes(typed: Mapping[str, str]) -> Wishes:
    """Return what a form or a program asks for; raises Invalid naming the fields.

    An e-mail without a password gets one made; `passcode_wanted` without a passcode, too.
    """
    errors: list[FieldError] = []
    made: dict[str, str] = {}
    email = typed.get("login_email", "").strip() or None
    password, passcode = typed.get("login_password") or None, typed.get("passcode") or None
    if email and not password:
        password = made["login_password"] = make_passcode()
    if typed.get("passcode_wanted") and not passcode:
        passcode = made["passcode"] = make_passcode()
    errors += _errors_of(partial(_check_login, email, password))
    if passcode:
        errors += _errors_of(
            partial(check_passcode, passcode, unique_code=typed.get("unique_code", ""))
        )
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)
    return Wishes(checked_email(email) if email else None, password, passcode, made)


def _check_login(email: str | None, password: str | None) -> None:
    if email:
        checked_email(email)
    if password and not email:
        wrong = FieldError("login_email", "required", "Please fill this in.")
        raise Invalid("Some fields are not right.", errors=[wrong])
    if password:
        check_own_password(password)


def check_own_password(password: str) -> None:
    """Raise Invalid at `login_password` unless it is as strong as a user's (R52)."""
    try:
        check_password(password, field="login_password")
    except WeakPassword as weak:
        told = "Please use 8 or more characters with letters, digits and symbols."
        wrong = FieldError("login_password", "weak_password", told)
        raise Invalid(told, code=weak.code, rule="R52", errors=[wrong]) from weak


def _errors_of(check: Callable[[], None]) -> list[FieldError]:
    try:
        check()
    except Refusal as refusal:
        return list(refusal.errors)
    return []
