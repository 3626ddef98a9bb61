"""Celery as a doorbell: sent by queue name, acknowledged late, nothing remembered in it (K1, K3).

Settings: each of them was measured; change none without running the fault suite.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from amqp.exceptions import AMQPError  # type: ignore[import-untyped]
from celery import Celery
from kombu.entity import Exchange, Queue
from kombu.exceptions import KombuError, OperationalError
from redis.exceptions import RedisError

from common.delivery.redis_acks import forget_unacknowledged

log = structlog.get_logger()

RECEIVE, ACKNOWLEDGED, CANARY = "delivery.receive", "delivery.acknowledged", "delivery.canary"


CONNECTION_LOST = (OperationalError, KombuError, RedisError, AMQPError, OSError)
MOST_WAITING = 20
"""Messages in a subscriber's queue beyond which the relay waits: some thousands of events."""


class BrokerAway(OSError):
    """The broker did not take a message, or its taking it is unknown."""


def events_queue(service: str) -> str:
    return f"{service}.events"


def acks_queue(service: str) -> str:
    return f"{service}.acks"


def make_celery(service: str, broker_url: str) -> Celery:
    """Return the app of a service. It connects when first used."""
    forget_unacknowledged()
    celery = Celery(service, broker=broker_url, set_as_current=False)
    celery.conf.update(
        task_serializer="json",
        accept_content=["json"],
        result_backend=None,
        task_ignore_result=True,
        task_create_missing_queues=False,
        task_queues=[_queue(events_queue(service)), _queue(acks_queue(service))],
        task_default_queue=events_queue(service),
        task_acks_late=True,
        task_reject_on_worker_lost=False,  # The outbox sends again, with pauses.
        worker_prefetch_multiplier=1,
        task_soft_time_limit=60,
        task_time_limit=90,
        visibility_timeout=300,
        worker_soft_shutdown_timeout=20,
        worker_enable_soft_shutdown_on_idle=True,
        worker_max_tasks_per_child=1000,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        worker_send_task_events=False,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        broker_transport_options=_transport_options(service, broker_url),
    )
    return celery


class Postbox:
    """Puts messages into queues by their names, through the default exchange only."""

    def __init__(self, celery: Celery, service: str) -> None:
        self._celery = celery
        self._service = service

    def send_events(self, subscriber: str, envelopes: Sequence[Mapping[str, Any]]) -> None:
        """Send one message to the subscriber. Raises BrokerAway."""
        self._send(RECEIVE, events_queue(subscriber), [list(envelopes)])

    def has_room(self, subscriber: str) -> bool:
        """Return whether few enough messages wait for the subscriber; True if nobody can say."""
        queue = events_queue(subscriber)
        try:
            with self._celery.pool.acquire(block=True, timeout=5) as connection:
                # Not passive: asking for a queue that is not there would close the channel.
                asked = connection.default_channel.queue_declare(
                    queue, durable=True, auto_delete=False
                )
        except CONNECTION_LOST:
            return True
        return int(asked.message_count) < MOST_WAITING

    def send_acks(self, producer: str, event_ids: Sequence[str]) -> None:
        """Tell the producer what has arrived; if that fails, it will ask or send again."""
        try:
            self._send(ACKNOWLEDGED, acks_queue(producer), [self._service, list(event_ids)])
        except BrokerAway:
            log.warning("acknowledgement not sent", producer=producer)

    def send_canaries(self) -> None:
        """Send one message through each of the service's own queues. Raises BrokerAway."""
        for queue in (events_queue(self._service), acks_queue(self._service)):
            self._send(CANARY, queue, [queue], expires=60)

    def _send(self, task: str, queue: str, args: list[Any], expires: float | None = None) -> None:
        if queue not in self._celery.amqp.queues:
            self._celery.amqp.queues.add(_queue(queue))
        try:
            self._celery.send_task(task, args=args, queue=queue, retry=False, expires=expires)
        except CONNECTION_LOST as lost:
            raise BrokerAway(type(lost).__name__) from lost


def _queue(name: str) -> Queue:
    return Queue(name, Exchange(""), routing_key=name)  # type: ignore[no-untyped-call]


def _transport_options(service: str, broker_url: str) -> dict[str, Any]:
    if broker_url.startswith("amqp"):
        # RabbitMQ says when it has a message, else a lost one would only be missed by its age.
        return {"confirm_publish": True, "read_timeout": 5, "write_timeout": 5}
    return {
        "visibility_timeout": 300,
        "priority_steps": [0],
        "unacked_key": f"unacked.{service}",
        "unacked_index_key": f"unacked_index.{service}",
        "unacked_mutex_key": f"unacked_mutex.{service}",
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 3,
        "socket_keepalive": True,
        "health_check_interval": 10,
        "retry_on_timeout": False,
    }
