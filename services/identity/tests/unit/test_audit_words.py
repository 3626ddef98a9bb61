"""Every change that is written down has words in the log."""

import re
from pathlib import Path

import identity

ROOT = Path(str(identity.__file__)).parent
WRITTEN = re.compile(r'(?:action=|(?:_record|record_own_change)\([^()"]*)"([a-z_]+)"')


def test_every_action_has_words() -> None:
    files = (ROOT / "usecases").glob("*.py")
    written = {action for file in files for action in WRITTEN.findall(file.read_text())}
    words = (ROOT / "templates" / "identity" / "_audit_words.html").read_text()
    assert {"buyer_created", "member_invited", "password_changed"} <= written
    assert {action for action in written if f'"{action}": ' not in words} == set()
