"""Taking a browser's uid and state to NEXT ENGINE, in words for who came back with them."""

from uuid import UUID

from flask_babel import gettext as _

from checkout.deps import deps
from checkout.gateways.next_engine.call import NextEngine, NoAnswer, NotSuccessful
from checkout.gateways.next_engine.shops import list_destinations
from checkout.gateways.next_engine.sign_in import Company, exchange, sign_in_url
from checkout.web.next_engine.visits import HeldTokens, Visit, keep_visit
from common.errors import Conflict, Unavailable

CALLBACK = "/next-engine/callback"


class SignInRefused(Conflict):
    """NEXT ENGINE did not take the uid and state, or their sign-in may not read its shops."""

    code = "next_engine_sign_in_refused"


def begin_url() -> str:
    """Return their sign-in page; it leads back to our callback."""
    settings = deps().settings
    return sign_in_url(
        settings.next_engine_login_url,
        client_id=settings.next_engine_client_id,
        redirect_uri=settings.public_url + CALLBACK,
    )


def receive(*, uid: str, state: str, session_id: UUID) -> UUID:
    """Exchange uid and state, read the company's shops, and keep it all until it is confirmed.

    Raises SignInRefused, Unavailable.
    """
    try:
        return keep_visit(_visit(uid, state), session_id=session_id)
    except NotSuccessful as refused:
        words = f"{refused.code} {refused.words}".strip()
        said = _("NEXT ENGINE refused this sign-in: %(words)s", words=words)
        raise SignInRefused(said) from refused
    except NoAnswer as lost:
        raise Unavailable(_("NEXT ENGINE does not answer at the moment.")) from lost


def _visit(uid: str, state: str) -> Visit:
    settings, http = deps().settings, deps().next_engine_http
    company = exchange(
        http,
        settings.next_engine_api_url,
        uid=uid,
        state=state,
        client_id=settings.next_engine_client_id,
        client_secret=settings.next_engine_client_secret,
        now=deps().now(),
    )
    held = HeldTokens(company.tokens)
    engine = NextEngine(api_url=settings.next_engine_api_url, keeper=held, http=http)
    destinations = list_destinations(engine, now=deps().now())
    return Visit(Company(company.company_id, company.name, held.read()), destinations)
