"""The twins as a process of their own."""

import os
import signal
import subprocess
import sys

import httpx

ENV = {name: value for name, value in os.environ.items() if not name.startswith("TWINS_")}


def start(**settings: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "twins"],
        env=ENV | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_one_line_when_ready_and_a_clean_stop_on_sigterm() -> None:
    process = start(TWINS_HTTP_PORT="0", TWINS_SMTP_PORT="0")
    assert process.stdout is not None
    line = process.stdout.readline()
    home = line.split()[3]

    assert httpx.get(f"{home}/health", trust_env=False).status_code == 200

    process.send_signal(signal.SIGTERM)
    rest, errors = process.communicate(timeout=60)
    assert (process.returncode, rest, errors) == (0, "", "")


def test_48_production_ends_with_one_sentence() -> None:
    process = start(TWINS_HTTP_PORT="0", TWINS_SMTP_PORT="0", ORDERLINK_ENV="production")
    out, errors = process.communicate(timeout=60)

    assert process.returncode == 2
    assert out == ""
    assert errors.count("\n") == 1
    assert "ORDERLINK_ENV=production" in errors


def test_a_missing_port_is_named() -> None:
    process = start(TWINS_HTTP_PORT="0")
    _, errors = process.communicate(timeout=60)

    assert process.returncode == 2
    assert "TWINS_SMTP_PORT" in errors
