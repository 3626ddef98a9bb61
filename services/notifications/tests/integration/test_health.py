"""Notifications' own part of `/health/check`: whether the mail server answers."""

from dataclasses import replace
from typing import Any

import pytest

from common.testing import app_on
from notifications.app import create_app
from notifications.deps import Deps
from notifications.gateways.smtp import SmtpSender
from notifications.gateways.smtp_server import SmtpServer

pytestmark = pytest.mark.integration


def mail_server(deps: Deps) -> Any:
    reply = app_on(create_app, deps).test_client().get("/health/check")
    return next(each for each in reply.json["checks"] if each["name"] == "mail server")


def test_the_mail_server_answers_or_is_told_to_be_away(deps: Deps) -> None:
    assert mail_server(deps)["ok"]
    away = SmtpServer.of_url("smtp://somebody:hunter2@127.0.0.1:1")
    told = mail_server(replace(deps, smtp=SmtpSender(away)))
    assert not told["ok"]
    assert "hunter2" not in str(told)
