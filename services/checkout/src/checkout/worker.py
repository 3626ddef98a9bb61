"""The worker process: relay, inbox, sweeper, uploads and scheduled jobs of checkout."""

import os
import sys

from checkout.deps import make_deps
from checkout.jobs import (  # noqa: F401 - importing registers what they do.
    card_payments,
    forget_buyers,
    handlers,
    next_engine_keep_alive,
    next_engine_upload,
    purge_webhooks,
)
from checkout.settings import Settings
from common.delivery.worker import run_worker
from common.logs import set_up_logs


def main() -> None:
    settings = Settings.from_env(os.environ)
    set_up_logs(settings.service, "worker")
    run_worker(make_deps(settings, pool_size=6), sys.argv[1:])


if __name__ == "__main__":
    main()
