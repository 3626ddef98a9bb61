"""Two hundred strangers who guess passwords at once, and how quickly others get their pages.

`python -m bench.attack <port>` is the strangers: a process of their own, so that their work is not
taken for the reader's. Each has an address and an account name of his own, which no counter of
failures stops; every tenth tries a real account. It tells how often each status was the answer.
"""

import http.client
import json
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from devstack.servers.ports import LOOPBACK
from devstack.world import cast

GUESSERS = 200
SECONDS = 8.0
PAUSE = 2.0
"""How long a guesser waits after an answer."""
TYPED = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


@dataclass(frozen=True)
class Reading:
    """What one reader, who asks for a page again as soon as it has it, got."""

    median: float
    slowest_of_twenty: float
    """Seconds that 95 of 100 pages took at most."""
    per_second: float


@dataclass(frozen=True)
class Form:
    """The sign-in form, opened once: what comes with it when it is sent."""

    port: int
    cookie: str
    token: str


def read_pages(port: int, path: str, *, cookie: str, seconds: float) -> Reading:
    """Read one page over and over on a kept connection."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=30)
    took, until = [], time.perf_counter() + seconds
    while (began := time.perf_counter()) < until:
        connection.request("GET", path, headers={"Cookie": cookie, "Accept": "text/html"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise AssertionError(f"{path} answered {answer.status}")
        took.append(time.perf_counter() - began)
    connection.close()
    took.sort()
    return Reading(statistics.median(took), took[len(took) * 95 // 100], len(took) / sum(took))


@contextmanager
def attacked(port: int) -> Iterator[Counter[int]]:
    """Give the counts of the attack's answers, which are complete when the block is left."""
    answers: Counter[int] = Counter()
    command = [sys.executable, "-m", "bench.attack", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as strangers:
        if strangers.stdout is None or strangers.stdout.readline() != "ready\n":
            raise AssertionError("the strangers did not come")
        yield answers
        told, _ = strangers.communicate()
    answers.update({int(status): count for status, count in json.loads(told).items()})


def main() -> None:
    port = int(sys.argv[1])
    form = _form(port)
    answers: Counter[int] = Counter()
    until = time.monotonic() + SECONDS
    guessers = [
        threading.Thread(target=_guess, args=(form, number, until, answers))
        for number in range(GUESSERS)
    ]
    print("ready", flush=True)
    for each in guessers:
        each.start()
    for each in guessers:
        each.join()
    print(json.dumps(answers))


def _form(port: int) -> Form:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=30)
    connection.request("GET", "/signin", headers={"Accept": "text/html"})
    answer = connection.getresponse()
    found = TOKEN.search(answer.read().decode())
    if found is None:
        raise AssertionError("the form has no token")
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    return Form(port, cookie, found[1])


def _guess(form: Form, number: int, until: float, answers: Counter[int]) -> None:
    victim = cast.OWNER.email if number % 10 == 0 else f"guess{number}@nobody.example"
    address = f"198.51.{number // 250}.{number % 250}"
    while time.monotonic() < until:
        password = f"Guess-{random.random()}"
        body = urlencode({"csrf_token": form.token, "email": victim, "password": password})
        connection = http.client.HTTPConnection(LOOPBACK, form.port, timeout=60)
        connection.request(
            "POST", "/signin", body, {**TYPED, "Cookie": form.cookie, "X-Real-IP": address}
        )
        answers[connection.getresponse().status] += 1
        connection.close()
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
