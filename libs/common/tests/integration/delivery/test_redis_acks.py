"""A broker that dies while it is acknowledged: the worker goes on taking messages."""

import pytest
from kombu.entity import Exchange, Queue

from common.delivery.celery_app import CONNECTION_LOST, make_celery

from .conftest import Broker

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("way", ["ack", "reject"])
def test_a_failed_acknowledgement_leaves_room_for_the_next_message(
    broker: Broker, way: str
) -> None:
    with make_celery("alpha", broker.url).connection_for_read() as connection:
        channel = connection.channel()
        channel.basic_qos(0, 1, False)
        queue = Queue("alpha.events", Exchange(""), routing_key="alpha.events")(channel)
        queue.declare()
        connection.Producer(channel).publish("a word", routing_key="alpha.events")
        message = queue.get(no_ack=False)
        assert not channel.qos.can_consume()

        broker.kill()
        with pytest.raises(CONNECTION_LOST):
            getattr(message, way)()
        assert channel.qos.can_consume()
        broker.start()
