"""Scheduled jobs: one holder at a time, whoever it is, and a fence against the last one."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from sqlalchemy import text

from common.delivery.jobs import claim_job, finish_job, install_jobs, jobs

from .conftest import Toy, wait_for

pytestmark = pytest.mark.integration


def test_ten_claimers_are_one_holder(alpha: Toy) -> None:
    install_jobs(alpha.database)
    with ThreadPoolExecutor(8) as pool:
        job = jobs()["toys.tick"]
        runs = list(pool.map(lambda _: claim_job(alpha.database, job), range(10)))
    assert [run.fencing for run in runs if run] == [1]


def test_who_stalls_is_overtaken_and_can_no_longer_finish(alpha: Toy) -> None:
    install_jobs(alpha.database)
    job = jobs()["toys.tick"]
    stalled = claim_job(alpha.database, job)
    alpha.run("update scheduled_job set lease_until = now() - interval '1 second'")
    successor = claim_job(alpha.database, job)
    assert stalled is not None
    assert successor is not None
    assert successor.fencing > stalled.fencing
    assert finish_job(alpha.database, stalled) is False
    assert finish_job(alpha.database, successor) is True
    assert claim_job(alpha.database, job) is None, "it is not due yet"


def test_two_processes_share_one_job(alpha: Toy) -> None:
    alpha.start("jobs")
    alpha.start("jobs")
    wait_for(lambda: alpha.count("runs") >= 4, what="four runs")
    with alpha.database.transaction() as session:
        runs = session.execute(text("select fencing, at from runs order by at")).all()
    assert [run.fencing for run in runs] == list(range(1, len(runs) + 1))
    gaps = [(b.at - a.at).total_seconds() for a, b in pairwise(runs)]
    assert min(gaps) > 0.9
