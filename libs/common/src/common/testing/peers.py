"""A peer for a service under test: real HTTP, answers given by the test from docs/contracts."""

import json
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from common.errors import Refusal

Answer = Mapping[str, Any] | Callable[[dict[str, Any]], Mapping[str, Any]]
CONTRACTS = Path("docs/contracts")


class PeerServer:
    """Answers questions of any service. `answers[("links", "links/resolve")]` may be a dict or
    a function of the asked body, which may raise a Refusal; unset ones answer their sample."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], Answer] = {}
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        peer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                service, _, question = self.path[1:].partition("/internal/v1/")
                length = int(self.headers.get("Content-Length", 0))
                status, body = peer.reply(service, question, json.loads(self.rfile.read(length)))
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def addresses(self, *services: str) -> dict[str, str]:
        """Return what PEERS says for these services: this server, a path prefix for each."""
        base = f"http://127.0.0.1:{self._server.server_port}"
        return {service: f"{base}/{service}" for service in services}

    def reply(self, service: str, question: str, body: dict[str, Any]) -> tuple[int, bytes]:
        """Return status and body of the answer set for this question, else of its sample."""
        self.asked.append((service, question, body))
        answer = self.answers.get((service, question)) or sample_answer(service, question)
        try:
            said = answer(body) if callable(answer) else answer
        except Refusal as refusal:
            told = {"code": refusal.code, "detail": refusal.detail, "rule": refusal.rule}
            return refusal.status, json.dumps(told).encode()
        return 200, json.dumps(said).encode()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def sample(service: str, question: str) -> dict[str, Any]:
    """Return the contract's sample: {"request": …, "response": …}."""
    name = f"{question.replace('/', '_')}.json"
    own = CONTRACTS / f"{service}.{name}"
    path = own if own.exists() else CONTRACTS / f"each.{name}"
    return dict(json.loads(path.read_text()))


def sample_answer(service: str, question: str) -> dict[str, Any]:
    return dict(sample(service, question)["response"])
