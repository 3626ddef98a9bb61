"""What a mail leads to, asked from identity while sending and forgotten afterwards."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from common.peers import Peers


@dataclass(frozen=True)
class Secret:
    """The page to open, or the code to print."""

    path: str | None
    code: str | None
    expires_at: datetime | None


def read_secret(peers: Peers, *, reference_id: UUID, kind: str) -> Secret:
    """Return it. Raises Gone when it is used or over, NotFound, Unavailable."""
    body = {"reference_id": str(reference_id), "kind": kind}
    answer = peers.ask("identity", "mail-secrets/read", body, fresh=True)
    ends = answer.get("expires_at")
    return Secret(
        path=answer.get("path"),
        code=answer.get("secret"),
        expires_at=datetime.fromisoformat(ends) if ends else None,
    )
