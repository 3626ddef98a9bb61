"""What a message is called: the same for ever, so that sending again is recognised (K8)."""

import hashlib
from uuid import UUID


def message_id_header(*, subject_id: UUID, kind: str, recipient: str, sender: str) -> str:
    """Return the Message-ID of the one mail for (order or reference, kind, recipient)."""
    key = f"{subject_id}|{kind}|{recipient.casefold()}".encode()
    domain = sender.rstrip(">").rpartition("@")[2] or "orderlink.invalid"
    return f"<{hashlib.sha256(key).hexdigest()[:40]}@{domain}>"


def message_id(event_id: UUID, subject_id: UUID, *, kind: str, recipient: str) -> UUID:
    """Return the id of a mail that an event asks for, a UUIDv7 of the event's time.

    Planned once more after the database was put back to a backup it is the message that others know.
    """
    key = f"{event_id}|{subject_id}|{kind}|{recipient}".encode()
    made = bytearray(event_id.bytes[:6] + hashlib.sha256(key).digest()[:10])
    made[6] = 0x70 | made[6] & 0x0F
    made[8] = 0x80 | made[8] & 0x3F
    return UUID(bytes=bytes(made))


def masked(address: str) -> str:
    """Return an address as other services and logs may see it: b***@boutique.example."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}***{at}{domain}"
