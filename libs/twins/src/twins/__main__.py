"""`python -m twins`: serve until SIGTERM or Ctrl-C."""

import os
import signal
import sys
import threading

from twins.server import running_twins
from twins.settings import RefusesToStart, Settings


def main() -> int:
    """Return the exit code: 0 after a stop, 2 when the environment is refused."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    try:
        with running_twins(Settings.from_env(os.environ)) as running:
            sys.stdout.write(
                f"twins: ready at {running.home} and smtp://{running.smtp_host}:{running.smtp_port}\n"
            )
            sys.stdout.flush()
            stop.wait()
    except (RefusesToStart, OSError) as refusal:
        sys.stderr.write(f"twins: {refusal}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
