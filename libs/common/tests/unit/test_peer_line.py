"""A line to a peer: kept between questions, and made anew when the peer has closed it meanwhile."""

import socket
import threading
from collections.abc import Iterator

import pytest

from common.peer_line import Line, Lost

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class Peer:
    """Answers each connection so many times, then closes it without a word."""

    def __init__(self, answers: int) -> None:
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
                for _ in range(self._answers):
                    self.heard.append(_request(client))
                    client.sendall(ANSWER)
                if not self._answers:
                    _request(client)


def _request(client: socket.socket) -> bytes:
    words = b""
    while not words.endswith(b"{}"):
        more = client.recv(65536)
        if not more:
            break
        words += more
    return words


@pytest.fixture
def make_peer() -> Iterator[list[Peer]]:
    made: list[Peer] = []
    yield made
    for peer in made:
        peer.close()


def test_is_kept_between_questions(make_peer: list[Peer]) -> None:
    make_peer.append(peer := Peer(answers=3))
    line = Line(peer.address)
    replies = [line.post("/asked", b"{}", {"X-One": "1"}) for _ in range(3)]
    line.close()
    assert peer.connections == 1
    assert [(reply.status, reply.content) for reply in replies] == [(200, b"{}")] * 3
    assert peer.heard[0].startswith(b"POST /under/asked HTTP/1.1\r\n")
    assert b"X-One: 1" in peer.heard[0]


def test_is_made_anew_when_it_was_closed_meanwhile(make_peer: list[Peer]) -> None:
    make_peer.append(peer := Peer(answers=1))
    line = Line(peer.address)
    for _ in range(3):
        assert line.post("/asked", b"{}", {}).is_success
        _wait_until_closed(line)
    assert peer.connections == 3
    line.close()


def _wait_until_closed(line: Line) -> None:
    """Wait for the peer's goodbye, which is on its way."""
    kept = line._idle[-1]
    kept.sock.recv(1, socket.MSG_PEEK)


def test_lost_before_the_answer_says_so(make_peer: list[Peer]) -> None:
    make_peer.append(peer := Peer(answers=0))
    with pytest.raises(Lost):
        Line(peer.address).post("/asked", b"{}", {})


def test_nobody_there_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with pytest.raises(Lost):
        Line(f"http://127.0.0.1:{port}").post("/asked", b"{}", {})
