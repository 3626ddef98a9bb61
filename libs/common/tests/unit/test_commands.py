import argparse

import pytest

from common.commands import Command, Refused
from common.commands import __main__ as orderlink


def refuse(options: argparse.Namespace) -> int:
    raise Refused(f"{options.what} is not possible now.")


def test_a_refusal_is_one_sentence_and_status_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Command("try", "Tries.", lambda parser: parser.add_argument("what") and None, refuse)
    monkeypatch.setattr(orderlink, "find_commands", lambda _: {"try": told})

    assert orderlink.main(["try", "flying"]) == 1
    assert capsys.readouterr().err == "✗ flying is not possible now.\n"


def test_without_a_service_nobody_s_own_commands_are_there() -> None:
    assert orderlink.find_commands({"SERVICE": "nowhere"}) == orderlink.find_commands({})


def test_away_from_a_service_health_says_what_it_misses(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PEERS", raising=False)
    assert orderlink.main(["health"]) == 1
    assert capsys.readouterr().err == "✗ Run this beside a service: PEERS is not set.\n"


@pytest.mark.parametrize("service", ["checkout", ""])
def test_a_command_of_one_service_says_elsewhere_where_it_is_typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], service: str
) -> None:
    monkeypatch.setenv("SERVICE", service)
    assert orderlink.main(["privacy", "export", "--email", "a@b.example"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("✗ `orderlink privacy` runs beside identity alone: ")
    assert "identity-worker orderlink privacy" in told
    with pytest.raises(SystemExit):
        orderlink.main(["privacies"])
    assert "invalid choice: 'privacies'" in capsys.readouterr().err
