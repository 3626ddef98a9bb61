"""Ports stay the same from start to start, but for those that somebody else took."""

import socket
from pathlib import Path

import pytest

from devstack.addresses import INNER, find_addresses
from devstack.servers.ports import LOOPBACK, free_ports
from devstack.trouble import CannotStart

AMONG = range(19900, 19990)


def test_are_kept_and_replaced_only_where_taken(tmp_path: Path) -> None:
    path, [gateway] = tmp_path / "ports.json", free_ports(1)
    first = find_addresses(path, gateway=gateway, among=AMONG).inner
    assert set(first) == set(INNER)
    assert len(set(first.values())) == len(INNER)
    with socket.socket() as taken:
        taken.bind((LOOPBACK, first["links"]))
        taken.listen()
        second = find_addresses(path, gateway=gateway, among=AMONG).inner
    assert second["links"] != first["links"]
    assert {**second, "links": 0} == {**first, "links": 0}


def test_the_gateways_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=f"^Port {port} for the gateway is in use: [^.]*\\.$"):
            find_addresses(tmp_path / "ports.json", gateway=port, among=AMONG)
