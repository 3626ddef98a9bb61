"""docs/privacy.md says what the registers say."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.integration
def test_the_page_is_that_of_the_registers() -> None:
    command = [sys.executable, ROOT / "tools" / "privacy_page.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
