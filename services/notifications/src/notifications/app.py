"""The web process: `python -m notifications.app`."""

import os
from dataclasses import replace

from flask import Flask

from common.web.app import create_app as create_service_app
from common.web.serve import serve
from notifications.deps import Deps, make_deps
from notifications.settings import Settings
from notifications.store.personal import REGISTER
from notifications.usecases.stop_mails import stop_mails
from notifications.web import (
    api,
    api_recipients,
    api_webhooks,
    health,
    internal,
    messages,
    recipients,
    webhook_deliveries,
    webhooks,
)


def create_app(deps: Deps) -> Flask:
    """Return the app over these parts."""
    return create_service_app(
        deps=deps,
        import_name=__name__,
        pages_=[messages.bp, recipients.bp, webhooks.bp, webhook_deliveries.bp],
        api=[api.bp, api_recipients.bp, api_recipients.switches, api_webhooks.bp],
        internal_=[internal.bp],
        checks=health.CHECKS,
        privacy=replace(REGISTER, before=(stop_mails,)),
    )


if __name__ == "__main__":
    own = Settings.from_env(os.environ)
    serve(own, lambda: create_app(make_deps(own)))
