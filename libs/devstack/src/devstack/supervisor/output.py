"""One log of everybody's lines on standard output, and a file per process."""

import os
import re
import sys
import time
from collections import deque
from pathlib import Path
from typing import BinaryIO

from devstack.servers.unprivileged import hand_over_output

WIDTH = 20
COLOURS = (36, 33, 32, 35, 34, 31)
EXCEPTION = re.compile(r"[a-z_.]*[A-Z]\w*(Error|Exception|Refused|Start|Missing\w*): ")
KEEP_BYTES = 10 * 1024 * 1024


class Output:
    """The reading end of one process's output."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._last = deque[str](maxlen=30)
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.reader, False)
        hand_over_output(self.writer)
        self._rest = b""
        self._file = _open(folder / f"{name}.log")

    def read(self) -> list[str]:
        """Return the whole lines that have come, and write them to the file."""
        try:
            chunk = os.read(self.reader, 65536)
        except BlockingIOError:
            return []
        self._file.write(chunk)
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        texts = [line.decode(errors="replace") for line in lines]
        self._last.extend(text.strip() for text in texts if text.strip())
        return texts

    def note(self, words: str) -> None:
        """Write a line of our own about the process into its file."""
        self._file.write(f"── {time.strftime('%H:%M:%S')} {words}\n".encode())

    @property
    def last_words(self) -> str:
        """Return the line that says why it ended: an exception's, else the last one."""
        errors = [line for line in self._last if EXCEPTION.match(line)]
        return (errors or list(self._last) or [""])[-1]

    def close(self) -> None:
        os.close(self.reader)
        os.close(self.writer)
        self._file.close()


class Screen:
    """Standard output: prefixed lines and steps. Goes quiet when nobody reads any more."""

    def __init__(self, *, is_quiet: bool = False) -> None:
        self._is_quiet = is_quiet
        self._has_colours = sys.stdout.isatty()
        self._names: list[str] = []

    def show(self, name: str, lines: list[str]) -> None:
        """Show a process's lines."""
        if not self._is_quiet:
            for line in lines:
                self.say(f"{self._prefix(name)} {line}")

    def step(self, words: str) -> None:
        """Show a line of progress."""
        self.say(f"\x1b[1m✓ {words}\x1b[0m" if self._has_colours else f"✓ {words}")

    def say(self, words: str) -> None:
        try:
            print(words, flush=True)
        except (BrokenPipeError, UnicodeEncodeError):
            self._is_quiet = True

    def _prefix(self, name: str) -> str:
        if name not in self._names:
            self._names.append(name)
        text = f"{name:<{WIDTH}}|"
        if not self._has_colours:
            return text
        colour = COLOURS[self._names.index(name) % len(COLOURS)]
        return f"\x1b[{colour}m{text}\x1b[0m"


def _open(path: Path) -> BinaryIO:
    """Open for appending; a file that has grown large is put aside first."""
    if path.exists() and path.stat().st_size > KEEP_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab", buffering=0)
