"""The worker process: `python -m links.worker [role]`."""

import os
import sys

from common.delivery.worker import run_worker
from common.logs import set_up_logs
from links.deps import make_deps
from links.jobs import counts, housekeeping, preflight, uploads
from links.settings import Settings

HANDLERS = (counts, housekeeping, preflight, uploads)

if __name__ == "__main__":
    own = Settings.from_env(os.environ)
    set_up_logs(own.service, "worker")
    run_worker(make_deps(own), sys.argv[1:])
