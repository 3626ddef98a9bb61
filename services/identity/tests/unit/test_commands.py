"""What operators type beside identity alone."""

from common.commands.registry import BESIDE
from identity.commands import COMMANDS


def test_elsewhere_each_command_of_identity_says_where_it_is_typed() -> None:
    theirs = {name for name, service in BESIDE.items() if service == "identity"}
    assert theirs == {command.name for command in COMMANDS}
