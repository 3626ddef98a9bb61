"""Who calls: the address that counts when tries are counted."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import request


def client_address() -> str:
    """Return the address the gateway saw; it lets no client say this header itself."""
    return neighbourhood(request.headers.get("X-Real-IP") or request.remote_addr or "unknown")


def neighbourhood(address: str) -> str:
    """Return what counts as one address: of IPv6 the /64, for one customer has all of it."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(IPv6Network((parsed, 64), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
