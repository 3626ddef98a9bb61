"""The libraries that most processes use, imported once, before any of them is forked.

Only libraries and `common`: a service's own modules register tables and handlers when they are
imported, and those of two services must not meet. Nothing here may start a thread, open a
connection or draw a random number: a fork would share it. Nor may it be a module that is run as a
program, such as common.migrate.
"""

import contextlib
import gc
import importlib

MODULES = (
    "alembic.command",
    "argon2",
    "babel.dates",
    "babel.numbers",
    "celery.app.amqp",
    "celery.apps.worker",
    "celery.bin.worker",
    "celery.concurrency.solo",
    "celery.fixups",
    "celery.worker.consumer",
    "celery.worker.components",
    "celery.worker.autoscale",
    "celery.worker.strategy",
    "common.delivery",
    "common.delivery.worker",
    "common.deps",
    "common.logs",
    "common.migrations",
    "common.web.app",
    "common.web.buyer",
    "common.web.serve",
    "flask_babel",
    "flask_smorest",
    "flask_wtf.csrf",
    "granian.server",
    "httpx",
    "jwt",
    "kombu.transport.redis",
    "multiprocessing.popen_fork",
    "psycopg_binary",
    "psycopg",
    "redis",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.orm",
    "structlog",
)


def preload() -> None:
    """Import them, then keep the collector's hands off: what it does not touch stays shared."""
    for name in MODULES:
        with contextlib.suppress(ImportError):  # Then whoever needs it will say so.
            importlib.import_module(name)
    gc.collect()
    gc.freeze()
