"""A stretch of network between two parts that can be made bad: silent, slow, cut (F30)."""

import asyncio
import json
import random
import socket
import threading
from collections import Counter
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOOPBACK = "127.0.0.1"
FROM_GATEWAY = "gateway-"
"""Begins the names of those wires that only the gateway uses."""
GOOD, SILENT, SLICED, CUT = "good", "silent", "sliced", "cut"
CHUNK = 65536
LONGEST_ANSWER = 3000
"""Bytes of an answer before which a bad wire is cut, at most."""


class Wire:
    """Listens on a port of its own and carries everything to where `name` listens in the stack.

    `gateway-links` leads to links, and so on.
    """

    def __init__(self, name: str, ports: Path, dice: random.Random) -> None:
        self.name = name
        self.hits = 0
        """How often something was withheld, cut or sliced."""
        self.mode = GOOD
        self.instead: tuple[int, ...] = ()
        """Ports that new connections go to in turn, where not to the stack's own."""
        self.met: Counter[int] = Counter()
        """How many connections went to which port."""
        self._leads_to = name.removeprefix(FROM_GATEWAY)
        self._ports, self._dice = ports, dice
        self._socket = socket.create_server((LOOPBACK, 0), backlog=200)
        self.port = int(self._socket.getsockname()[1])

    async def carry(self) -> None:
        """Serve until cancelled."""
        server = await asyncio.start_server(self._meet, sock=self._socket)
        async with server:
            await server.serve_forever()

    async def _meet(self, client: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await self._while_silent()
            port = self._next_port()
            server, question = await asyncio.open_connection(LOOPBACK, port)
            self.met[port] += 1
            ways = [self._pump(client, question), self._pump(server, answer, is_answer=True)]
            await self._until_one_ends(ways)
            question.close()
        answer.close()

    def _next_port(self) -> int:
        if self.instead:
            return self.instead[self.met.total() % len(self.instead)]
        return self.own_port()

    def own_port(self) -> int:
        """Return where the stack's own process listens."""
        return int(json.loads(self._ports.read_text())[self._leads_to])

    async def _until_one_ends(self, ways: list[Awaitable[None]]) -> None:
        tasks = [asyncio.ensure_future(way) for way in ways]
        _, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for other in others:
            other.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_answer: bool = False
    ) -> None:
        left = self._dice.randrange(1, LONGEST_ANSWER)
        while data := await reader.read(CHUNK):
            await self._while_silent()
            if self.mode == CUT and is_answer:
                writer.write(data[:left])
                left -= len(data)
                if left <= 0:
                    self.hits += 1
                    await writer.drain()
                    return
            elif self.mode == SLICED:
                await self._slice(data, writer)
            else:
                writer.write(data)
            await writer.drain()

    async def _slice(self, data: bytes, writer: asyncio.StreamWriter) -> None:
        self.hits += 1
        for place in range(len(data)):
            writer.write(data[place : place + 1])
            await writer.drain()
            await asyncio.sleep(0)

    async def _while_silent(self) -> None:
        self.hits += self.mode == SILENT
        while self.mode == SILENT:
            await asyncio.sleep(0.05)


@contextmanager
def carried(wires: list[Wire]) -> Iterator[None]:
    """Let the wires carry while the block lasts, in a thread."""
    loop = asyncio.new_event_loop()

    async def carry_all() -> None:
        await asyncio.gather(*(wire.carry() for wire in wires))

    def run() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(work)

    work = loop.create_task(carry_all())
    thread = threading.Thread(target=run, name="wires", daemon=True)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(work.cancel)
        thread.join(10)
