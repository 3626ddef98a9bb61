"""Mails per second, to what the mail server itself can take from us."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import httpx
from sqlalchemy import text

from bench.figure import Figure
from bench.notifications import BRAND, MAKER, notifications_parts
from common.delivery.outbound_pool import OutboundPool
from common.ids import new_id
from devstack.servers.ports import free_ports
from notifications.deps import Deps
from notifications.gateways.smtp import SmtpSender
from notifications.gateways.smtp_server import SmtpServer
from notifications.jobs import sending
from notifications.mails.samples import sample_mails
from notifications.usecases.plan_mail import Subject, plan_mail

MAILS = 600
SENDERS = 4
"""As many as the worker has."""
EVENTS = Path("docs/events")
OPEN = text("select count(*) from outbound_call where state <> 'done'")


def measure(folder: Path) -> list[Figure]:
    with smtp_twin() as url, notifications_parts(folder / "mails", smtp_url=url) as deps:
        [mail] = [
            deps.writer.write(message, secret)
            for message, secret in sample_mails(EVENTS, "ja")
            if message.kind == "order_completed_buyer"
        ]
        bare = send_bare(url, mail)
        ours = send_ours(deps)
    print(f"  mails a second: the server's limit {bare:.0f}, through the ledger {ours:.0f}")
    return [Figure("mail through the ledger / the SMTP server's own limit", bare / ours, "×", 10.0)]


def send_bare(url: str, mail: EmailMessage) -> float:
    """Return how many a second the server takes over kept connections, nothing else done."""
    sender = SmtpSender(SmtpServer.of_url(url))
    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(sender.send, [mail] * SENDERS))
        began = time.perf_counter()
        list(pool.map(sender.send, [mail] * MAILS))
        seconds = time.perf_counter() - began
    sender.close()
    return MAILS / seconds


def send_ours(deps: Deps) -> float:
    """Return how many a second leave the ledger: claimed, written, sent, recorded, announced."""
    _plan(deps)
    pool = OutboundPool(deps.database, deps)
    began = time.perf_counter()
    while _open(deps):
        pool.step()
        time.sleep(0.002)
    return MAILS / (time.perf_counter() - began)


def _plan(deps: Deps) -> None:
    assert sending.send_mail
    [values] = [
        m.values for m, _ in sample_mails(EVENTS, "ja") if m.kind == "order_completed_buyer"
    ]
    with deps.database.transaction(MAKER) as session:
        for number in range(MAILS):
            order_id = new_id()
            subject = Subject(
                event_id=new_id(),
                maker_id=MAKER,
                brand_id=BRAND,
                subject_id=order_id,
                order_id=order_id,
                order_number=f"NORD-{number:08}",
                time_zone="Asia/Tokyo",
                values=values,
            )
            plan_mail(session, subject, "order_completed_buyer", "buyer@shop.example", "ja")


def _open(deps: Deps) -> int:
    with deps.database.transaction() as session:
        return int(session.scalar(OPEN) or 0)


@contextmanager
def smtp_twin() -> Iterator[str]:
    """Give the address of a mail server in a process of its own."""
    http, smtp = free_ports(2)
    told = {"TWINS_HTTP_PORT": str(http), "TWINS_SMTP_PORT": str(smtp), "ORDERLINK_ENV": "test"}
    process = subprocess.Popen([sys.executable, "-m", "twins"], env=os.environ | told)
    try:
        for _ in range(100):
            try:
                httpx.get(f"http://127.0.0.1:{http}")
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield f"smtp://127.0.0.1:{smtp}"
    finally:
        process.terminate()
        process.wait()
