"""What operators do on the command line beside identity: see `common.commands`."""

from identity.commands import operators, privacy

COMMANDS = [operators.COMMAND, privacy.COMMAND]
