"""What identity remembers of a browser: which passcodes it passed."""

from uuid import UUID

from common.peers import Peers
from common.sessions import hash_of


def grant_pass(
    peers: Peers, link_id: UUID, *, passcode_version: int, browser_token: str | None
) -> str | None:
    """Return a raw token for a browser that had none, to be set as its cookie. Raises Unavailable."""
    body = {
        "link_id": str(link_id),
        "passcode_version": passcode_version,
        "browser_token_hash": hash_of(browser_token) if browser_token else None,
    }
    answer = peers.ask("identity", "passes/grant", body, again=False)
    token: str | None = answer["browser_token"]
    return token


def has_pass(peers: Peers, link_id: UUID, *, passcode_version: int, browser_token: str) -> bool:
    """Say whether the browser passed that passcode before. Raises Unavailable."""
    body = {
        "link_id": str(link_id),
        "passcode_version": passcode_version,
        "browser_token_hash": hash_of(browser_token),
    }
    return bool(peers.ask("identity", "passes/read", body, fresh=True)["passed"])
