"""The same services on RabbitMQ: docker-compose.rabbitmq.yml, and nothing else is changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devstack.demo.__main__ import demonstrate
from devstack.testing.container_stack import ContainerStack
from devstack.testing.containers import running_containers

pytestmark = [pytest.mark.journey, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def rabbit_stack(servers_folder: Path) -> Iterator[ContainerStack]:
    more = ("docker-compose.rabbitmq.yml",)
    with running_containers(servers_folder / "rabbitmq", more_files=more) as stack:
        yield stack


def test_the_demo_passes_on_rabbitmq(rabbit_stack: ContainerStack) -> None:
    told = rabbit_stack.environment("checkout")
    assert told["BROKER_URL"].startswith("amqp://")
    assert demonstrate(rabbit_stack.world) == 0
