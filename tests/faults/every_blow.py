"""Every blow there is; docs/faults.md tells of each."""

from tests.faults import (
    blows_at_limits,
    blows_at_neighbours,
    blows_at_postgres,
    blows_at_processes,
    blows_at_the_broker,
    blows_on_the_wire,
)

BLOWS = (
    *blows_at_processes.BLOWS,
    *blows_at_limits.BLOWS,
    *blows_at_the_broker.BLOWS,
    *blows_at_postgres.BLOWS,
    *blows_at_neighbours.BLOWS,
)
EVERYWHERE = (*BLOWS, *blows_on_the_wire.BLOWS)
"""Those of the storm, and those that need a stack that runs over wires."""
