"""The worker process: `python -m catalog.worker [role]`."""

import os
import sys

from catalog.deps import make_deps
from catalog.jobs import brands, order_sheets, pictures, product_imports
from catalog.settings import Settings
from common.delivery.worker import run_worker
from common.logs import set_up_logs

REGISTERED = (brands, order_sheets, pictures, product_imports)

if __name__ == "__main__":
    own = Settings.from_env(os.environ)
    set_up_logs(own.service, "worker")
    run_worker(make_deps(own), sys.argv[1:])
