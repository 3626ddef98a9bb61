"""Which kind of stack the journeys play on: STACK=embedded (unless said) or STACK=docker."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devstack.testing.any_stack import AnyStack
from devstack.testing.containers import running_containers
from devstack.testing.stack import running_stack
from devstack.trouble import CannotStart


@contextmanager
def chosen_stack(folder: Path) -> Iterator[AnyStack]:
    """Run it in the new `folder` while the block lasts. Raises CannotStart."""
    match os.environ.get("STACK") or "embedded":
        case "embedded":
            with running_stack(folder) as embedded:
                yield embedded
        case "docker":
            with running_containers(folder) as contained:
                yield contained
        case other:
            raise CannotStart(f"STACK={other} is neither embedded nor docker.")
