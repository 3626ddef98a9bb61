"""Where a webhook may go: the open internet, and never into somebody's own network."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from common.errors import FieldError, Invalid

Address = IPv4Address | IPv6Address
TRANSLATED = ip_network("64:ff9b::/96")
"""NAT64: an IPv4 address in disguise. Source: RFC 6052, section 2.1."""
LONGEST = 2000


def is_public(address: Address) -> bool:
    """Whether the address is one machine of the open internet."""
    real = _undisguised(address)
    forbidden = real.is_multicast or real.is_reserved or real.is_unspecified
    is_of_a_site = isinstance(real, IPv6Address) and real.is_site_local  # fec0::/10, RFC 3879.
    return real.is_global and not forbidden and not is_of_a_site


def is_allowed(address: Address, *, allow_loopback: bool) -> bool:
    """Whether a connection may go there. Loopback only where a trial or a test says so."""
    return is_public(address) or (allow_loopback and _undisguised(address).is_loopback)


def checked_url(text: str, *, allow_loopback: bool) -> str:
    """Return the address if it can be a target at all; each connection is judged again.

    Raises Invalid.
    """
    url = text.strip()
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise _refused("This is not an address.") from None
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url or not host:
        raise _refused("This is not an address.")
    if parts.username is not None or parts.fragment:
        raise _refused("The address must not hold a user name or a fragment.")
    literal = _literal(host)
    is_here = literal is not None and _undisguised(literal).is_loopback
    if parts.scheme != "https" and not (allow_loopback and is_here and parts.scheme == "http"):
        raise _refused("The address must begin with https://.")
    if literal is not None and not is_allowed(literal, allow_loopback=allow_loopback):
        raise _refused("The address leads into a private network.")
    return url


def _undisguised(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one stands for, if it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def _refused(words: str) -> Invalid:
    wrong = FieldError("url", "invalid", words)
    return Invalid("Please check the marked fields.", errors=[wrong])
