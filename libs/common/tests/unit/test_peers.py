"""Questions to peers: over kept connections, and once only where they change something."""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator

import pytest
import redis

from common.context import Trace, traced
from common.errors import NotFound, Unavailable
from common.peers import Peers
from common.service_tokens import TokenMaker
from common.testing import make_keys

SAID = b'{"said": "yes"}'
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(SAID), SAID)
MakePeer = Callable[[int], "Peer"]


REFUSAL = b"HTTP/1.1 404 NOT FOUND\r\nContent-Length: 2\r\n\r\n{}"


class Peer:
    """Answers so many questions of each connection, then closes it without a word."""

    def __init__(self, answers: int, *, first: Iterable[bytes] = ()) -> None:
        self._first = list(first)
        """What the first connections get, one each, in place of an answer."""
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}/under"
        self.heard: list[bytes] = []
        self.connections = 0
        self._answers = answers
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            self.connections += 1
            with client:
                if self._first:
                    self.heard.append(_question(client))
                    client.sendall(self._first.pop(0))
                    continue
                for _ in range(self._answers):
                    self.heard.append(_question(client))
                    client.sendall(ANSWER)
                if not self._answers:
                    self.heard.append(_question(client))


def _question(client: socket.socket) -> bytes:
    words = b""
    while not words.endswith(b"{}"):
        more = client.recv(65536)
        if not more:
            break
        words += more
    return words


@pytest.fixture
def make_peer() -> Iterator[MakePeer]:
    made: list[Peer] = []

    def make(answers: int) -> Peer:
        made.append(Peer(answers))
        return made[-1]

    yield make
    for peer in made:
        peer.close()


def peers_at(address: str) -> Peers:
    tokens = TokenMaker(service="checkout", private_key=make_keys()[0]["checkout"])
    return Peers(addresses={"links": address}, tokens=tokens, cache=redis.Redis())


def test_a_connection_is_kept_between_questions(make_peer: MakePeer) -> None:
    peer = make_peer(3)
    peers = peers_at(peer.address)

    said = [peers.ask("links", "links/resolve", {}, fresh=True) for _ in range(3)]
    peers.close()

    assert said == [{"said": "yes"}] * 3
    assert peer.connections == 1
    assert peer.heard[0].startswith(b"POST /under/internal/v1/links/resolve HTTP/1.1\r\n")
    assert b"Authorization: Bearer " in peer.heard[0]


def test_a_connection_that_was_closed_meanwhile_is_made_anew(make_peer: MakePeer) -> None:
    peer = make_peer(1)
    peers = peers_at(peer.address)

    said = [peers.ask("links", "links/resolve", {}, fresh=True) for _ in range(3)]

    assert said == [{"said": "yes"}] * 3
    assert peer.connections == 3


@pytest.mark.parametrize(("again", "heard"), [(True, 2), (False, 1)])
def test_what_changes_something_is_asked_once(make_peer: MakePeer, again: bool, heard: int) -> None:
    peer = make_peer(0)

    with pytest.raises(Unavailable, match="does not answer"):
        peers_at(peer.address).ask("links", "links/resolve", {}, fresh=True, again=again)

    assert len(peer.heard) == heard


def test_nobody_there_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with pytest.raises(Unavailable):
        peers_at(f"http://127.0.0.1:{port}").ask("links", "links/resolve", {}, fresh=True)


@pytest.mark.parametrize("answer", [ANSWER, REFUSAL], ids=["answer", "refusal"])
def test_an_answer_that_was_cut_anywhere_is_none(answer: bytes) -> None:
    cut = [answer[:place] for place in range(len(answer))]
    peer = Peer(1, first=cut)
    peers = peers_at(peer.address)
    for _ in cut:
        with pytest.raises(Unavailable):
            peers.ask("links", "cut", {}, again=False)
    assert peers.ask("links", "cut", {}, again=False) == {"said": "yes"}
    peer.close()


def test_what_is_asked_ahead_carries_the_request_and_is_waited_for_later() -> None:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        peers = peers_at(f"http://127.0.0.1:{door.getsockname()[1]}")
        with traced(Trace("the-request")):
            said = peers.ahead(lambda: peers.ask("links", "links/resolve", {}, fresh=True))
        # Nobody has answered yet: only now is there somebody who does.
        client, _ = door.accept()
        with client:
            heard.append(_question(client))
            client.sendall(ANSWER)
            assert said() == {"said": "yes"}
    assert b"X-Request-Id: the-request\r\n" in heard[0]


def test_who_can_live_without_the_answer_waits_once_and_not_long() -> None:
    """A peer that takes connections and never says a word, as one that is frozen."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        peers = peers_at(f"http://127.0.0.1:{door.getsockname()[1]}")
        with pytest.raises(Unavailable):
            peers.ask("links", "links/resolve", {}, fresh=True, within=0.05)
        door.setblocking(False)
        door.accept()[0].close()
        with pytest.raises(BlockingIOError):
            door.accept()


def test_what_is_refused_ahead_is_raised_where_it_is_waited_for() -> None:
    peer = Peer(1, first=[REFUSAL])
    peers = peers_at(peer.address)

    said = peers.ahead(lambda: peers.ask("links", "links/resolve", {}, fresh=True))

    with pytest.raises(NotFound):
        said()
    peer.close()
