"""One SMTP conversation, with the ordered faults built in."""

import asyncio
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from twins.mail.inbox import Inbox


class Conversation(SMTP):
    """One client's connection; a fault may slow its replies or end it."""

    def __init__(self, inbox: Inbox, **options: Any) -> None:
        super().__init__(_Reception(inbox), **options)
        self._inbox = inbox
        self.drip_seconds = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if self._inbox.faults.take(["refuse"]):
            self.hang_up()

    def hang_up(self) -> None:
        """Cut the wire at once; whatever was about to be said is not."""
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()

    async def push(self, status: str | bytes) -> None:
        seconds, self.drip_seconds = self.drip_seconds, 0.0
        reply = status.encode() if isinstance(status, str) else status
        for drop in reply if seconds else b"":
            self._writer.write(bytes([drop]))
            await asyncio.sleep(seconds / len(reply))
        await super().push(b"" if seconds else reply)


class _Reception:
    """What happens at RCPT and DATA."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    async def handle_RCPT(
        self, server: Conversation, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        fault = self._inbox.faults.take(["rcpt"], [address])
        if fault is not None:
            return f"{fault.code} {fault.text}"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: Conversation, session: Session, envelope: Envelope) -> str:
        kinds = ["accepted_then_drop", "drop", "data", "slow", "hang"]
        fault = self._inbox.faults.take(kinds, envelope.rcpt_tos)
        kind = fault.kind if fault else ""
        if fault and kind == "data":
            return f"{fault.code} {fault.text}"
        if kind not in ("drop", "hang"):
            self._keep(envelope, reply="lost" if kind == "accepted_then_drop" else "sent")
        if kind in ("drop", "accepted_then_drop"):
            server.hang_up()
        if fault and kind in ("slow", "hang"):
            server.drip_seconds = fault.seconds
        if kind == "hang":
            return "250-" + "." * 500
        return "250 2.0.0 Kept"

    def _keep(self, envelope: Envelope, *, reply: str) -> None:
        self._inbox.keep(
            envelope.original_content or b"",
            mail_from=envelope.mail_from or "",
            rcpt_to=list(envelope.rcpt_tos),
            reply=reply,
        )
