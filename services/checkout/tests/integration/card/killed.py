"""A process of checkout that dies at a failpoint: `python killed.py <failpoint> <what> …`."""

import json
import os
import sys

from checkout.app import create_app
from checkout.deps import make_deps
from checkout.jobs import card_payments, handlers
from checkout.settings import Settings
from checkout.usecases.begin_payment import WATCH
from common.delivery.failpoints import arm
from common.delivery.outbound import kinds
from common.delivery.outbound_leases import claim_call
from common.delivery.outbound_runner import perform

REGISTERED = (card_payments, handlers)


def main() -> None:
    """Send a form as the buyer's browser, press "Check payment", or do the worker's next call."""
    told = json.loads(sys.stdin.read())
    deps = make_deps(Settings.from_env(told["env"]))
    arm(f"{sys.argv[1]}:1")
    if sys.argv[2] == "worker":
        kind = kinds()[WATCH]
        call = claim_call(deps.database, kind)
        if call is not None:
            perform(deps.database, deps, kind, call)
        return
    app = create_app(deps)
    app.config["WTF_CSRF_METHODS"] = []
    client = app.test_client()
    client.set_cookie("b", told["cookie"])
    reply = client.post(told["path"], data=told["form"])
    os.write(1, f"{reply.status_code}\n".encode())


if __name__ == "__main__":
    main()
