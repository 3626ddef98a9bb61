"""Opening the SMTP port in a thread of its own."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from twins.mail.inbox import Inbox
from twins.mail.smtp import Conversation

_LARGEST_MESSAGE = 32 * 1024 * 1024


@contextmanager
def smtp_door(inbox: Inbox, host: str, port: int) -> Iterator[int]:
    """Accept mail until the block is left; yield the port. Raises OSError when it is taken."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def converse() -> Conversation:
        return Conversation(
            inbox, hostname="twins.test", data_size_limit=_LARGEST_MESSAGE, loop=loop
        )

    async def listen() -> asyncio.Server:
        return await loop.create_server(converse, host, port)

    try:
        server = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
        yield int(server.sockets[0].getsockname()[1])
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(server: asyncio.Server) -> None:
    """Stop listening and end the conversations that are still going on."""
    server.close()
    conversations = asyncio.all_tasks() - {asyncio.current_task()}
    for conversation in conversations:
        conversation.cancel()
    await asyncio.gather(*conversations, return_exceptions=True)
