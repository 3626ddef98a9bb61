"""`orderlink …`: what operators do on the command line, beside a service's processes.

Every command is a `Command`; those of `common` are listed in `registry`, a service's own in its
module `<service>.commands` as `COMMANDS`. Both are told by the same environment as the processes.
"""

from common.commands.command import Command, Refused, say

__all__ = ["Command", "Refused", "say"]
