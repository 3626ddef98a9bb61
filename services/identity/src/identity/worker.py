"""The worker process: `python -m identity.worker [role]`."""

import os
import sys

from common.delivery.worker import run_worker
from common.logs import set_up_logs
from identity.deps import make_deps
from identity.jobs import housekeeping, imports, orders
from identity.settings import Settings

HANDLERS = (orders, housekeeping, imports)

if __name__ == "__main__":
    own = Settings.from_env(os.environ)
    set_up_logs(own.service, "worker")
    run_worker(make_deps(own, pool_size=6), sys.argv[1:])
