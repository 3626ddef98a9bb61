"""The worker process: `python -m notifications.worker [role]`."""

import os
import sys

from common.delivery.worker import run_worker
from common.logs import set_up_logs
from notifications.deps import make_deps
from notifications.jobs import (
    orders,
    payments,
    public_events,
    requests,
    sending,
    uploads,
    webhooks,
)
from notifications.settings import Settings

HANDLERS = (orders, payments, public_events, requests, sending, uploads, webhooks)

if __name__ == "__main__":
    own = Settings.from_env(os.environ)
    set_up_logs(own.service, "worker")
    run_worker(make_deps(own, pool_size=6), sys.argv[1:])
