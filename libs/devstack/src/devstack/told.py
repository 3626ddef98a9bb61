"""What the stack tells people and scripts about itself: addresses and sign-ins."""

import json
from typing import Any

from devstack.environment import Stack
from devstack.world import cast


def write_world(stack: Stack) -> None:
    """Write var/demo.json, whole or not at all."""
    draft = stack.places.world.with_suffix(".new")
    draft.write_text(json.dumps(told_of(stack), indent=2, ensure_ascii=False) + "\n")
    draft.replace(stack.places.world)


def told_of(stack: Stack) -> dict[str, Any]:
    """Return what is told of this stack."""
    return told(stack.addresses.public_url, stack.addresses.twins_url)


def told(url: str, twins: str) -> dict[str, Any]:
    """Return what others script against: the shape is fixed, see the README of devstack.

    `url` and `twins` are the addresses of the gateway and of the twins.
    """
    return {
        "gateway": url,
        "staff": [{"email": each.email, "password": cast.PASSWORD} for each in cast.STAFF],
        "operators": [{"email": cast.OPERATOR.email, "password": cast.PASSWORD}],
        "links": {
            link.state: {
                "url": f"{url}/l/{link.token}",
                "token": link.token,
                "passcode": link.passcode,
            }
            for link in cast.LINKS
        },
        "buyers": {buyer.key: _buyer(buyer) for buyer in cast.BUYERS},
        "users": [_user(user) for user in cast.USERS],
        "twins": {
            "next_engine": f"{twins}/next-engine",
            "stripe": f"{twins}/stripe",
            "mail": f"{twins}/mail",
        },
    }


def in_words(stack: Stack) -> str:
    """Return the same for a person, on a dozen lines."""
    world = told_of(stack)
    staff, open_link = world["staff"][0], world["links"]["open"]
    operator = world["operators"][0]
    buyers = [each for each in world["buyers"].values() if each["email"]]
    by_code = next(each for each in world["buyers"].values() if each["passcode"])
    lines = [
        "",
        f"  Orderlink   {world['gateway']}",
        f"  staff       {world['gateway']}/signin   {staff['email']}   {staff['password']}",
        f"  operator    {world['gateway']}/ops   {operator['email']}   {operator['password']}",
        f"  a link      {open_link['url']}, which lets in by",
        *(f"    User Account                {_pair(each)}" for each in world["users"]),
        *(f"    Offline Buyer               {_pair(each)}" for each in buyers),
        f"    Brand-Specific Credentials  {by_code['unique_code']}   {by_code['passcode']}",
        f"  mails       {world['twins']['mail']}",
        f"  NEXT ENGINE {world['twins']['next_engine']}",
        f"  Stripe      {world['twins']['stripe']}/",
        "",
        f"  All of it is in {stack.places.world}. Ctrl-C stops everything.",
        "",
    ]
    return "\n".join(lines)


def _pair(known: dict[str, Any]) -> str:
    return f"{known['email']}   {known['password']}"


def _buyer(buyer: cast.Buyer) -> dict[str, Any]:
    return {
        "kind": buyer.kind,
        "email": buyer.login_email,
        "password": cast.PASSWORD if buyer.login_email else None,
        "unique_code": buyer.unique_code,
        "passcode": buyer.passcode,
    }


def _user(user: cast.User) -> dict[str, Any]:
    buyers = [buyer.key for buyer in cast.BUYERS if buyer.organisation_id in user.organisation_ids]
    return {"email": user.email, "password": cast.PASSWORD, "buyers": buyers}
