"""`orderlink ops …`: the queues of the service that it runs beside, as on `/ops/<service>`."""

from common.commands.command import Command
from common.commands.ops.words import add_arguments, run

COMMAND = Command(
    "ops", "Shows a service's queues; replays, skips, pauses, resumes.", add_arguments, run
)
