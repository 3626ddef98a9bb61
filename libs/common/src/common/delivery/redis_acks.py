"""Acknowledgements that the broker did not take must not keep the worker from taking messages.

kombu strikes a message off its list after Redis has confirmed; if the broker dies just then, Celery
logs it and the message stays on the list. With one message in hand at a time there is never room
for another, nothing is asked for any more, hence no lost connection is noticed: the worker turns
idle for ever. We need no such list: what was not acknowledged comes again, and is known (K1, K6).
"""

from typing import Any

from kombu.transport import redis, virtual


class ForgettingQoS(redis.QoS):
    """Strikes the message off whatever becomes of the acknowledgement."""

    def ack(self, delivery_tag: Any) -> None:
        try:
            super().ack(delivery_tag)
        finally:
            virtual.QoS.ack(self, delivery_tag)

    def reject(self, delivery_tag: Any, requeue: bool = False) -> None:
        try:
            super().reject(delivery_tag, requeue=requeue)
        finally:
            virtual.QoS.ack(self, delivery_tag)


def forget_unacknowledged() -> None:
    """Let all channels to Redis work so; repeating it changes nothing."""
    redis.Channel.QoS = ForgettingQoS
