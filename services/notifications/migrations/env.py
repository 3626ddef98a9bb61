from common.migrate import run_migrations
from notifications.store import models

TABLES = models
run_migrations()
