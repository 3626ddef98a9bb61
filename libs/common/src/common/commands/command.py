"""What a command of `orderlink` is."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass


class Refused(Exception):
    """It is not done; the sentence says why and is told without a trace. Exit status 1."""


@dataclass(frozen=True)
class Command:
    """One word after `orderlink`. `run` returns the exit status; it may raise Refused."""

    name: str
    summary: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def say(text: str) -> None:
    """Write one line for whoever called."""
    sys.stdout.write(f"{text}\n")
