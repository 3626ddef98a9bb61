"""What notifications looks at beside what every service does: see `common.health`."""

from collections.abc import Mapping

from common.health import Check, Unwell
from notifications.deps import Deps

SECONDS = 1.0


def check_mail_server(deps: Deps) -> str:
    if not deps.smtp.server.greets(within=SECONDS):
        raise Unwell("does not answer; mails wait")
    return "answers"


CHECKS: Mapping[str, Check] = {"mail server": check_mail_server}
