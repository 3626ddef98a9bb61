from common.migrate import run_migrations
from links.store import models

TABLES = models
run_migrations()
