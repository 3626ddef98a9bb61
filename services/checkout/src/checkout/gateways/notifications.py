"""What notifications does for us."""

from uuid import UUID

from common.peers import Peers


def retry_message(peers: Peers, message_id: UUID) -> None:
    """Ask for one more try of a mail; ten presses are one delivery."""
    peers.ask("notifications", "messages/retry", {"message_id": str(message_id)}, again=False)
