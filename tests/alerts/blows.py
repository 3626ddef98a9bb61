"""Faults by which alerts are raised: each is a block that hurts the stack, and heals it at its end."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx
import redis

from devstack.demo.browser import Browser
from devstack.demo.buyer import SignIn, fill_cell, see_catalogs, sign_in_buyer
from devstack.demo.consequences import wait_for
from devstack.demo.form import Unexpected
from devstack.demo.main_job import ADDRESS
from devstack.servers.ports import answers
from devstack.servers.postgres import Postgres
from devstack.testing.clocks import clock_in
from devstack.testing.stack import RunningStack
from devstack.world import cast
from twins.clients import MailControl

USED = """select count(*)::float / current_setting('max_connections')::int from pg_stat_activity"""

SCRAPED = 2.5
"""Seconds in which Prometheus has looked at a process once: whoever dies sooner never was."""


class Victim:
    """The stack, and what hurting it needs."""

    def __init__(self, stack: RunningStack, *, spare: int) -> None:
        self.stack = stack
        self.spare = spare
        self.gateway = str(stack.world["gateway"])
        own = stack._stack
        self.postgres = Postgres(
            folder=stack.places.state / "postgres",
            port=own.addresses.inner["postgres"],
            password=own.keyring.postgres,
            is_durable=False,
        )

    def sql(self, service: str, statement: str) -> None:
        with self.postgres.connect(service) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    @contextmanager
    def stopped(self, *names: str) -> Iterator[None]:
        """Freeze processes as a host does that swaps."""
        pids = [self.stack.pids()[name] for name in names]
        for pid in pids:
            os.killpg(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGCONT)

    @contextmanager
    def locked(self, service: str, *tables: str) -> Iterator[None]:
        """Keep everybody else out of these tables."""
        with self.postgres.connect(service) as connection, connection.transaction():
            connection.execute(f"lock table {', '.join(tables)} in access exclusive mode")  # type: ignore[arg-type]
            yield

    def buyer(self) -> Browser:
        """Return a browser in which AOYAMA is signed in on the open link."""
        browser, link = Browser(self.gateway), self.stack.world["links"]["open"]
        way = SignIn("offline_login", str(cast.AOYAMA.login_email), cast.PASSWORD)
        sign_in_buyer(browser, url=link["url"], way=way)
        return browser


@dataclass(frozen=True)
class Blow:
    """What is done, and which alerts must come of it."""

    raises: Sequence[str]
    strike: Callable[[Victim], Any]
    """A context manager's maker: the block is the fault, its end the healing."""


@contextmanager
def again_and_again(work: Callable[[], object], *, hands: int = 1) -> Iterator[None]:
    """Do something all the while, whatever comes of it."""
    over = threading.Event()

    def repeat() -> None:
        while not over.is_set():
            with suppress(httpx.HTTPError, Unexpected, IndexError):
                work()
            over.wait(0.05)

    threads = [threading.Thread(target=repeat, daemon=True) for _ in range(hands)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(30)


@contextmanager
def frozen_worker(victim: Victim) -> Iterator[None]:
    with victim.stopped("links-worker"):
        victim.sql(
            "links",
            "update scheduled_job set next_run_at = now() - interval '10 min', lease_until = null",
        )
        victim.buyer().close()
        yield


@contextmanager
def worker_killed_often(victim: Victim) -> Iterator[None]:
    port = int(victim.stack.environment("notifications")["WORKER_PORT"])
    for _ in range(5):
        victim.stack.kill("notifications-worker")
        wait_for("its end", lambda: not answers(port))
        wait_for("the next one", lambda: answers(port))
        time.sleep(SCRAPED)
    yield


@contextmanager
def database_closed(victim: Victim) -> Iterator[None]:
    url = str(victim.stack.world["links"]["open"]["url"])
    victim.sql("postgres", "alter database links allow_connections false")
    victim.sql(
        "postgres", "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'links'"
    )
    try:
        with again_and_again(lambda: httpx.get(url)):
            yield
    finally:
        victim.sql("postgres", "alter database links allow_connections true")


@contextmanager
def locked_links(victim: Victim) -> Iterator[None]:
    url = str(victim.stack.world["links"]["open"]["url"])
    with (
        victim.locked("links", "links"),
        again_and_again(lambda: httpx.get(url, timeout=9), hands=14),
    ):
        yield


@contextmanager
def frozen_broker(victim: Victim) -> Iterator[None]:
    with victim.stopped("broker"):
        yield


@contextmanager
def full_broker(victim: Victim) -> Iterator[None]:
    broker = redis.Redis.from_url(victim.stack.environment("links")["BROKER_URL"])
    used = int(broker.info("memory")["used_memory"])
    broker.config_set("maxmemory", int(used * 1.2))
    try:
        yield
    finally:
        broker.config_set("maxmemory", 0)


@contextmanager
def handler_that_fails(victim: Victim) -> Iterator[None]:
    tidy = "update scheduled_job set next_run_at = now(), lease_until = null"
    with victim.locked("links", "link_counts", "link_steps", "link_steps_seen"):
        victim.buyer().close()
        victim.sql("links", tidy)
        yield
    victim.sql("links", tidy)


@contextmanager
def event_nobody_reads(victim: Victim) -> Iterator[None]:
    victim.sql(
        "links",
        "insert into inbox (event_id, producer, name, envelope, next_attempt_at)"
        " select gen_random_uuid(), producer, 'identity.never_heard_of.v9',"
        ' envelope || \'{"name": "identity.never_heard_of.v9"}\', now() from inbox limit 1',
    )
    yield
    victim.sql(
        "links", "update inbox set dead_at = null, processed_at = now() where dead_at is not null"
    )


@contextmanager
def mail_away(victim: Victim) -> Iterator[None]:
    with _mail_fault(victim, "rcpt", code=451):
        yield


@contextmanager
def mail_replies_lost(victim: Victim) -> Iterator[None]:
    with _mail_fault(victim, "accepted_then_drop"):
        yield


@contextmanager
def _mail_fault(victim: Victim, kind: str, **how: Any) -> Iterator[None]:
    with MailControl(str(victim.stack.world["twins"]["mail"])) as inbox:
        inbox.order_fault(kind, times=1000, **how)
        form = Browser(victim.gateway).open("/account/resets").form("Send the link")
        form.fill("Email", cast.KENJI.email).press()
        yield
        inbox.clear_faults()
    victim.sql(
        "notifications", "update outbound_call set next_attempt_at = now() where state <> 'done'"
    )


@contextmanager
def next_engine_forgotten(victim: Victim) -> Iterator[None]:
    victim.sql(
        "checkout", "update next_engine_companies set refresh_ends_at = now() + interval '1 hour'"
    )
    yield
    # The keep-alive calls, and what it stores is told on.
    victim.sql(
        "checkout",
        "update scheduled_job set next_run_at = now() where name = 'next_engine_keep_alive'",
    )
    victim.sql(
        "checkout", "update next_engine_companies set refresh_ends_at = now() + interval '3 days'"
    )


@contextmanager
def next_engine_signed_out(victim: Victim) -> Iterator[None]:
    victim.sql("checkout", "update next_engine_companies set state = 'reauth_required'")
    yield
    victim.sql("checkout", "update next_engine_companies set state = 'connected'")


@contextmanager
def catalog_gone_while_ordering(victim: Victim) -> Iterator[None]:
    browser, token = victim.buyer(), str(victim.stack.world["links"]["open"]["token"])
    [cells, *_] = see_catalogs(browser, token).values()
    fill_cell(browser, token, cells[0], 3)
    form = browser.open(f"/checkout/{token}").form("Place order")
    for label, value in ADDRESS["JP"].items():
        form.fill(label, value)
    with victim.stopped("catalog-web"), again_and_again(lambda: form.press(status=303)):
        yield
    browser.close()


@contextmanager
def guessing(victim: Victim, *, hands: int = 5) -> Iterator[None]:
    def guess() -> None:
        form = Browser(victim.gateway).open("/signin").form("Sign in")
        form.fill("Email", f"{time.monotonic_ns()}@example.com").fill(
            "Password", "wrong wrong"
        ).press()

    with again_and_again(guess, hands=hands):
        yield


@contextmanager
def connections_taken(victim: Victim) -> Iterator[None]:
    with ExitStack() as taken:
        first = taken.enter_context(victim.postgres.connect("postgres"))
        used = first.execute(USED).fetchone()
        while used is not None and used[0] < 0.9:
            taken.enter_context(victim.postgres.connect("postgres"))
            used = first.execute(USED).fetchone()
        yield


@contextmanager
def clock_ahead(victim: Victim) -> Iterator[None]:
    """Run one more sweeper of links, whose clock is ten minutes ahead."""
    clock = victim.stack.places.run / "clock"
    clock.write_text("600")
    env = {
        **victim.stack.environment("links"),
        "WORKER_PORT": str(victim.spare),
        **clock_in(clock),
    }
    worker = subprocess.Popen([sys.executable, "-m", "links.worker", "sweeper"], env=env)
    try:
        wait_for("its worker", lambda: answers(victim.spare), patience=240)
        yield
    finally:
        worker.terminate()
        worker.wait(30)


BLOWS = {
    "a worker frozen": Blow(("ProcessAway", "DeliveryOld", "JobLate"), frozen_worker),
    "a worker killed five times": Blow(("WorkerRestarts",), worker_killed_often),
    "a database closed": Blow(("DatabaseAway", "ErrorsAnswered"), database_closed),
    "a table locked under load": Blow(("ConnectionsUsedUp", "SlowAnswers"), locked_links),
    "the broker frozen": Blow(("BrokerAway",), frozen_broker),
    "the broker's memory nearly full": Blow(("BrokerMemory",), full_broker),
    "a handler and a job that fail": Blow(("InboxOld", "JobFails"), handler_that_fails),
    "an event that nobody reads": Blow(("DeadLetters",), event_nobody_reads),
    "mails refused for now": Blow(("EffectsWait",), mail_away),
    "answers of the mail server lost": Blow(("OutcomeUnknown",), mail_replies_lost),
    "a sign-in at NEXT ENGINE that ends": Blow(("NextEngineSignInEnds",), next_engine_forgotten),
    "a company signed out": Blow(("NextEngineWaitsForPerson",), next_engine_signed_out),
    "catalog frozen while somebody orders": Blow(("OrdersFail",), catalog_gone_while_ordering),
    "somebody guesses passwords": Blow(("SecretsGuessed",), guessing),
    "nearly every connection taken": Blow(("PostgresConnections",), connections_taken),
    "a clock ten minutes ahead": Blow(("ClockOff",), clock_ahead),
    "many sign in at once": Blow(("SignInsTurnedAway",), partial(guessing, hands=24)),
}

NOT_HERE = {"Heartbeat": "always raised"}
