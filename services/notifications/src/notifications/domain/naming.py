"""What a message is called: the same for ever, so that sending again is recognised (K8)."""

import hashlib
from uuid import UUID


def message_id_header(*, subject_id: UUID, kind: str, recipient: str, sender: str) -> str:
    """Return the Message-ID of the one mail for (order or reference, kind, recipient)."""
    key = f"{subject_id}|{kind}|{recipient.casefold()}".encode()
    domain = sender.rstrip(">").rpartition("@")[2] or "orderlink.invalid"
    return f"<{hashlib.sha256(key).hexdigest()[:40]}@{domain}>"


def masked(address: str) -> str:
    """Return an address as other services and logs may see it: b***@boutique.example."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}***{at}{domain}"
