from catalog.store import models
from common.migrate import run_migrations

TABLES = models
run_migrations()
