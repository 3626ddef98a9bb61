"""What the services' tests share: apps, keys, settings, peers that answer over real HTTP, sign-ins."""

from common.testing.apps import app_on
from common.testing.client import PageClient
from common.testing.peers import PeerServer
from common.testing.sessions import make_claims, sign_in
from common.testing.settings import make_keys, settings_env

__all__ = [
    "PageClient",
    "PeerServer",
    "app_on",
    "make_claims",
    "make_keys",
    "settings_env",
    "sign_in",
]
