"""What changes for a maker is written down; what is secret is not."""

import ast
from pathlib import Path

import pytest

import identity
from common.audit import check_harmless, differences

USECASES = Path(str(identity.__file__)).parent / "usecases"

QUIET = {
    "begin_attempt": "counts tries, of nobody's yet",
    "begin_choice": "a browser's state",
    "end_grants": "end_invitation and revoke write each down",
    "find_invitation": "locks what accepting it changes",
    "keep_operators": "of no maker: record_action writes it into the operator log",
    "grant_pass": "a browser's state",
    "open_buyer_session": "a sign-in: an event, no change",
    "open_session": "a sign-in: no change",
    "renew_browser": "a browser's state",
    "read_api_key": "its last use, on the key's row",
    "read_mail_secret": "the hash of a token being mailed",
    "organisation_members": "a customer's own affair",
    "transition_buyer": "has its own history and outcome: ownership_changes, transition_outcomes",
    "settle_order_of_deleted": "an order's outcome, as transition_buyer's",
    "send_claim": "part of transition_buyer and resend_claim",
    "begin_registration": "nobody's account yet",
    "confirm_registration": "a customer's account, of no maker",
    "close_doors": "an operator's: erasing writes person_erased into every operator log",
    "create_organisation": "a customer's, of no maker",
    "request_email_change": "a wish; change_email writes it down",
    "request_mail": "a wish for a mail",
    "request_reset": "a wish; set_password writes it down",
    "resend_code": "nobody's account yet",
    "reset_password": "set_password writes it down",
    "second_step": "a sign-in: no change",
    "connect_buyer": "has its own history: ownership_changes",
    "confirm_claim": "has its own history: ownership_changes",
}
"""Use cases that change rows and write no entry, and why."""


def changes_rows(module: ast.Module) -> bool:
    """Say whether the use case adds, deletes, or sets a column of a row."""
    return any(_is_change(node) for node in ast.walk(module))


def _is_change(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        parts = [part for target in node.targets for part in ast.walk(target)]
        return any(isinstance(part, ast.Attribute) for part in parts)
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        of_session = getattr(node.func.value, "id", "") == "session"
        return of_session and node.func.attr in ("add", "add_all", "delete", "execute")
    name = getattr(node.func, "id", "")
    return name.startswith(("add_", "put_", "delete_", "replace_", "lock_"))


@pytest.mark.parametrize("path", sorted(USECASES.glob("[a-z]*.py")), ids=lambda path: path.stem)
def test_a_use_case_that_changes_rows_writes_an_entry(path: Path) -> None:
    module = ast.parse(path.read_text())
    names = {
        getattr(each.func, "id", "") for each in ast.walk(module) if isinstance(each, ast.Call)
    }
    if path.stem in QUIET:
        assert changes_rows(module), "it needs no exception"
    elif changes_rows(module):
        assert names & {"record_change", "record_own_change"}


def test_only_what_differs_is_kept() -> None:
    before, after = (
        {"name": "A", "tags": ["x"], "phone": None},
        {"name": "B", "tags": ["x"], "zip": 1},
    )
    assert differences(before, after) == ({"name": "A"}, {"name": "B", "zip": 1})


@pytest.mark.parametrize(
    "said",
    [{"password": "x"}, {"passcode_hash": "y"}, {"note": "$argon2id$v=19$…"}, {"token": "t"}],
)
def test_a_secret_never_enters_the_log(said: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        check_harmless(said)


def test_that_there_is_a_secret_may_be_said() -> None:
    check_harmless({"login_password": True, "passcode": "set"})
