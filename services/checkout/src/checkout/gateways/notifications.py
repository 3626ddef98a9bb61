"""What notifications does for us."""

from uuid import UUID

from common.peers import Peers


def retry_message(peers: Peers, message_id: UUID, *, maker_id: UUID) -> None:
    """Ask for one more try of a mail; ten presses are one delivery."""
    question = {"message_id": str(message_id), "maker_id": str(maker_id)}
    peers.ask("notifications", "messages/retry", question, again=False)
