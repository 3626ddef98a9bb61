"""I21: what PostgreSQL quotes of somebody's row is in no log line and no job's last error."""

import subprocess
import sys

import pytest

from .conftest import Toy

pytestmark = pytest.mark.integration

CANARY = "canary-7f3a@example.test"

FAIL = """
import logging, sys
import structlog
from sqlalchemy import text
from common.db import Database
from common.delivery.jobs import every, install_jobs, run_due_jobs
from common.logs import set_up_logs

set_up_logs("links", "worker")
database = Database(sys.argv[1])

def break_a_rule():
    with database.transaction() as session:
        session.execute(text("insert into scheduled_job values (:name, 1)"), {"name": sys.argv[2]})

@every(1, "test.break")
def broken(deps, run):
    break_a_rule()

install_jobs(database)
run_due_jobs(database, None)
try:
    try:
        break_a_rule()
    except Exception as wrong:
        raise RuntimeError("the use case failed") from wrong
except RuntimeError:
    structlog.get_logger().warning("handler failed", exc_info=True)
    logging.getLogger("a.library").exception("a library failed")
"""


def test_a_broken_constraint_names_nobody(alpha: Toy) -> None:
    alpha.run(f"insert into scheduled_job values ('{CANARY}', 1)")  # noqa: S608
    run = [sys.executable, "-c", FAIL, alpha.url, CANARY]
    told = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    for sentence in ("job failed", "handler failed", "a library failed"):
        assert sentence in told
    assert "UniqueViolation" in told, "the reason is still told"
    assert "break_a_rule" in told, "and where"
    assert "the use case failed" in told
    assert CANARY not in told
    assert alpha.count(f"scheduled_job where last_error like '%{CANARY}%'") == 0
    assert alpha.count("scheduled_job where last_error like '%UniqueViolation%'") == 1
