"""What each step of a buyer costs each process: processor seconds and the wait, on an idle machine.

Writes var/service_times.json, which `bench/sale_day` replays; a copy that was measured is committed
beside this file. Steps are played one after the other, so that what a process uses meanwhile is
the step's, less what it uses when nobody is there.
"""

import json
import statistics
import time
from pathlib import Path
from typing import Any

from tests.conftest import new_buyer

from bench.figure import Figure
from bench.meter import TIMES, Meter, Spent, rounded
from bench.placing import LINES, Client, add
from devstack.demo.browser import Browser
from devstack.demo.buyer import SignIn, sign_in_buyer
from devstack.testing.stack import RunningStack, running_stack
from devstack.world import cast

AFTERMATH_SECONDS = 12.0
DURABLE = ("--mode", "test", "--ports", "21600-21690")
RESULT = Path("var/service_times.json")


def measure(folder: Path) -> list[Figure]:
    with running_stack(folder / "steps", options=DURABLE) as stack:
        told = measure_steps(stack)
    RESULT.write_text(json.dumps(told, indent=1) + "\n")
    placed = told["steps"]["place"]
    whole = sum(sum(step["cpu"].values()) for step in told["steps"].values())
    return [
        Figure("processor for one order, its consequences too", whole, "s", 2.5),
        Figure("a buyer's wait for placing ten lines, alone", placed["seconds"], "s", 1.0),
    ]


def measure_steps(stack: RunningStack) -> dict[str, Any]:
    """Return per step the seconds it takes and the processor seconds of each process."""
    buyer = new_buyer(1)
    add(stack, [buyer])
    client = Client(stack.world, buyer)
    meter = Meter(stack)
    meter.learn_idle()
    link = stack.world["links"]["open"]
    token, way = link["token"], SignIn("offline_login", str(buyer.login_email), cast.PASSWORD)
    cell = {"catalog_id": client.cells[0].catalog_id, "sku_id": client.cells[0].sku_id}
    signed_in = meter.step(
        lambda: sign_in_buyer(Browser(stack.world["gateway"]), url=link["url"], way=way)
    )
    numbers = iter(range(1, 1000))
    steps = {
        "open": meter.step(lambda: Browser(stack.world["gateway"]).open(f"/l/{token}")),
        "landing": meter.step(lambda: client.http.get(f"/shop/{token}").raise_for_status()),
        "catalog": meter.step(lambda: client.http.get(client.path).raise_for_status()),
        "cell": meter.step(
            lambda: client.browser.put_json(
                f"/cart/{token}/lines", {**cell, "quantity": next(numbers)}
            ).raise_for_status()
        ),
    }
    client.prepare()
    steps["checkout"] = meter.step(lambda: client.http.get(f"/checkout/{token}").raise_for_status())
    steps["sign_in"] = less(signed_in, steps["open"], steps["landing"])
    steps["place"], steps["follow"] = place(client, meter)
    return {"lines": LINES, "times": TIMES, "idle": meter.idle, "steps": steps}


def place(client: Client, meter: "Meter") -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the confirming requests cost, and what came after them, each for one order."""
    confirmed: list[dict[str, Any]] = []
    after: list[Spent] = []
    for _ in range(3):
        confirm = client.prepare()
        time.sleep(4)
        confirmed.append(meter.step(confirm, times=1, warm=False))
        after.append(meter.spent(lambda: time.sleep(AFTERMATH_SECONDS)))
    processes = {name for each in after for name in each}
    mean = {name: statistics.mean(each.get(name, 0.0) for each in after) for name in processes}
    first = {
        "seconds": round(statistics.median(each["seconds"] for each in confirmed), 4),
        "cpu": {
            n: statistics.mean(each["cpu"].get(n, 0.0) for each in confirmed) for n in processes
        },
    }
    return first, {"seconds": 0.0, "cpu": rounded(mean)}


def less(whole: dict[str, Any], *parts: dict[str, Any]) -> dict[str, Any]:
    """Return what is left of a step when the others that it includes are taken out."""
    names = whole["cpu"]
    cpu = {n: max(0.0, whole["cpu"][n] - sum(p["cpu"].get(n, 0.0) for p in parts)) for n in names}
    seconds = max(0.0, whole["seconds"] - sum(part["seconds"] for part in parts))
    return {"seconds": round(seconds, 4), "cpu": rounded(cpu)}
