"""What var/demo.json says: addresses and sign-ins of the demo world (design.md, section 5)."""

from collections.abc import Mapping
from typing import Any

from devstack.world import cast


def describe(*, gateway: str, twins: str) -> dict[str, Any]:
    """Return the contents of var/demo.json."""
    return {
        "gateway": gateway,
        "staff": [_sign_in(staff.email) | {"role": staff.role} for staff in cast.STAFF],
        "links": {
            link.state: {"url": f"{gateway}/l/{link.token}", "token": link.token, "passcode": None}
            for link in cast.LINKS
        },
        "buyers": {buyer.key: _buyer(buyer) for buyer in cast.BUYERS},
        "users": [_sign_in(user.email) | {"buyers": _buyers_of(user)} for user in cast.USERS],
        "twins": {
            "next_engine": f"{twins}/next-engine",
            "mail": f"{twins}/mail",
        },
    }


def tell(world: Mapping[str, Any]) -> str:
    """Return the same for people, a line each."""
    lines = [f"Orderlink is ready: {world['gateway']}", "", "Staff"]
    lines += [f"  {s['email']}  {s['password']}  ({s['role']})" for s in world["staff"]]
    lines += ["Links"]
    lines += [f"  {state:<16} {link['url']}" for state, link in world["links"].items()]
    lines += ["Buyers"]
    lines += [f"  {key:<14} {_ways(buyer)}" for key, buyer in world["buyers"].items()]
    lines += ["User accounts"]
    lines += [f"  {u['email']}  {u['password']}" for u in world["users"]]
    lines += ["Twins"] + [f"  {name:<12} {url}" for name, url in world["twins"].items()]
    return "\n".join(lines)


def _sign_in(email: str) -> dict[str, Any]:
    return {"email": email, "password": cast.PASSWORD}


def _buyer(buyer: cast.Buyer) -> dict[str, Any]:
    return {
        "kind": buyer.kind,
        "brand": buyer.brand.name,
        "email": buyer.login_email,
        "password": cast.PASSWORD if buyer.login_email else None,
        "unique_code": buyer.unique_code,
        "passcode": buyer.passcode,
    }


def _buyers_of(user: cast.User) -> list[str]:
    return [b.key for b in cast.BUYERS if b.organisation_id in user.organisation_ids]


def _ways(buyer: Mapping[str, Any]) -> str:
    ways = []
    if buyer["email"]:
        ways.append(f"{buyer['email']}  {buyer['password']}")
    if buyer["passcode"]:
        ways.append(f"code {buyer['unique_code']}  passcode {buyer['passcode']}")
    return "   or   ".join(ways) or f"{buyer['kind']}, through a user account"
