"""A buyer's hands: a saved cell against a bare endpoint, and what the first view of a catalog weighs.

All services run behind their gateway and PostgreSQL waits for its disk (fsync).
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx
import psycopg
from playwright.sync_api import Response
from tests.conftest import new_buyer

from bench.figure import Figure
from bench.placing import DURABLE, LINES, Client, add
from devstack.demo.chromium import running_chromium
from devstack.servers.ports import free_ports
from devstack.testing.stack import RunningStack, running_stack

SAVES, ROUNDS, KILOBYTE = 30, 4, 1024
PICTURES = {"image", "media"}
Save = Callable[[int], None]


def measure(folder: Path) -> list[Figure]:
    with running_stack(folder / "stack", options=DURABLE) as stack:
        buyer = new_buyer(1)
        add(stack, [buyer])
        client = Client(stack.world, buyer)
        client.prepare()
        with bare_update(stack) as update:
            ratio = median_ratio(saver(client), update)
        weight = first_view(client)
    return [
        Figure(f"saving a cell of {LINES} / a bare endpoint's update", ratio, "×", 5.0),
        Figure("first view of a catalog, without pictures", weight / KILOBYTE, "KB", 120.0),
    ]


def median_ratio(ours: Save, bare: Save) -> float:
    """Return the ratio of the median seconds; both take turns."""
    seconds: dict[Save, list[float]] = {ours: [], bare: []}
    for turn in range(ROUNDS):
        for save in (ours, bare):
            for number in range(SAVES):
                began = time.perf_counter()
                save(turn * SAVES + number)
                seconds[save].append(time.perf_counter() - began)
    ms = {save: 1000 * median(seconds[save][SAVES:]) for save in (ours, bare)}
    print(f"  a cell: saved in {ms[ours]:.1f} ms, bare {ms[bare]:.1f} ms", file=sys.stderr)
    return ms[ours] / ms[bare]


def saver(client: Client) -> Save:
    """Return what saves one of the cart's cells with another quantity each time."""
    cell, token = client.cells[0], client.browser.csrf_token
    headers = {"X-CSRFToken": token, "Sec-Fetch-Site": "same-origin"}
    headers["Referer"] = client.browser.address

    def save(number: int) -> None:
        line = {"catalog_id": cell.catalog_id, "sku_id": cell.sku_id, "quantity": 1 + number % 9}
        reply = client.http.put(f"/cart/{client.token}/lines", json=line, headers=headers)
        assert reply.status_code == 200, f"{reply.status_code} {reply.text[:300]}"

    return save


@contextmanager
def bare_update(stack: RunningStack) -> Iterator[Save]:
    """Give what asks the bare endpoint, which writes into the same PostgreSQL."""
    url = stack.environment("checkout")["OWNER_DATABASE_URL"]
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute("create schema bare")
        owner.execute("create table bare.cell (id int primary key, quantity int)")
        owner.execute("insert into bare.cell select n, 0 from generate_series(1, 100) n")
    (port,) = free_ports(1)
    server = subprocess.Popen([sys.executable, "-m", "bench.bare_update", url, str(port)])
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as http:

        def save(number: int) -> None:
            assert http.put("/", json={"id": 1, "quantity": number}).status_code == 200

        try:
            wait_for(lambda: save(0))
            yield save
        finally:
            server.terminate()
            server.wait(10)


def wait_for(first: Callable[[], None]) -> None:
    for _ in range(100):
        try:
            return first()
        except httpx.HTTPError:
            time.sleep(0.1)
    raise TimeoutError("The bare server did not start.")


def first_view(client: Client) -> int:
    """Return how many bytes come over the wire when a browser opens the catalog, but for pictures."""
    base = str(client.http.base_url).rstrip("/")
    seen: list[Response] = []

    def keep(response: Response) -> None:
        seen.append(response)

    with running_chromium() as browser:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        for name, value in client.browser.cookies.items():
            context.add_cookies([{"name": name, "value": value, "url": base}])
        page = context.new_page()
        page.on("response", keep)
        page.goto(base + client.path, wait_until="networkidle")
        return sum(weight_of(each) for each in seen)


def weight_of(response: Response) -> int:
    if response.request.resource_type in PICTURES:
        return 0
    sizes = response.request.sizes()
    print(f"  {sizes['responseBodySize']:>7} bytes {response.url[-60:]}", file=sys.stderr)
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]
