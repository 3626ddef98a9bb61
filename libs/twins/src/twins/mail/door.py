"""Opening the SMTP port in a thread of its own."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.smtp import AuthResult, LoginPassword

from twins.mail.certificate import server_context
from twins.mail.inbox import Inbox
from twins.mail.smtp import Conversation
from twins.settings import Settings

_LARGEST_MESSAGE = 32 * 1024 * 1024


@contextmanager
def smtp_door(inbox: Inbox, settings: Settings) -> Iterator[int]:
    """Accept mail until the block is left; yield the port. Raises OSError when it is taken."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    options = _options(settings)

    def converse() -> Conversation:
        return Conversation(inbox, loop=loop, **options)

    async def listen() -> asyncio.Server:
        return await loop.create_server(converse, settings.host, settings.smtp_port)

    try:
        server = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
        yield int(server.sockets[0].getsockname()[1])
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def _options(settings: Settings) -> dict[str, Any]:
    """Return what the conversations are told: TLS and signing in only where they are asked for."""
    options: dict[str, Any] = {"hostname": "twins.test", "data_size_limit": _LARGEST_MESSAGE}
    if settings.smtp_tls:
        options["tls_context"] = server_context()
    if settings.smtp_user:
        known = LoginPassword(settings.smtp_user.encode(), settings.smtp_password.encode())
        options |= {
            "auth_required": True,
            "auth_require_tls": settings.smtp_tls,
            "authenticator": lambda server, session, envelope, mechanism, given: AuthResult(
                success=given == known, handled=False
            ),
        }
    return options


async def _close(server: asyncio.Server) -> None:
    """Stop listening and end the conversations that are still going on."""
    server.close()
    conversations = asyncio.all_tasks() - {asyncio.current_task()}
    for conversation in conversations:
        conversation.cancel()
    await asyncio.gather(*conversations, return_exceptions=True)
