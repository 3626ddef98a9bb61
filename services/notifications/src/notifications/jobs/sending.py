"""Sends one mail: reads its row, asks identity for what it links to, writes it, hands it over."""

from uuid import UUID

from common.delivery import Again, Call, Dead, Outcome, outbound_kind
from common.errors import Gone, NotFound, Unavailable
from common.privacy.fates import is_erased
from notifications.deps import Deps
from notifications.domain.kinds import KINDS
from notifications.gateways.identity import Secret, read_secret
from notifications.store.messages import get_message
from notifications.store.models import Message
from notifications.usecases.plan_mail import MAIL
from notifications.usecases.record_state import record_state
from notifications.usecases.stop_mails import ERASED


@outbound_kind(MAIL, longest=150, concurrency=4, attempts=100, on_change=record_state)
def send_mail(deps: Deps, call: Call) -> Outcome:
    """Send it; sent twice it carries the same Message-ID, which is all that SMTP allows (K8)."""
    with deps.database.transaction(call.maker_id) as session:
        message = get_message(session, UUID(call.payload["message_id"]))
    if is_erased(message.recipient) or (message.order_id and not message.values):
        return Dead(ERASED)
    try:
        secret = _secret_of(deps, message)
    except (Gone, NotFound) as over:
        return Dead(f"What the mail leads to is over: {over.detail}")
    except Unavailable as away:
        return Again(None, away.detail)
    return deps.smtp.send(deps.writer.write(message, secret))


def _secret_of(deps: Deps, message: Message) -> Secret | None:
    """Ask only for kinds that have one; what is answered is never stored."""
    kind = KINDS[message.kind]
    if kind.asked_as is None or not kind.has_secret:
        return None
    return read_secret(deps.peers, reference_id=message.subject_id, kind=kind.asked_as)
