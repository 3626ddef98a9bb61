"""Places where fault tests let a process die. Off unless armed, never armed in production."""

import os
import random

_armed: dict[str, float] = {}


def arm(text: str) -> None:
    """Arm from "name:probability,name:probability"; an empty text disarms all."""
    _armed.clear()
    for part in filter(None, text.split(",")):
        name, _, probability = part.partition(":")
        _armed[name.strip()] = float(probability or 1)


def failpoint(name: str) -> None:
    """Die here as by kill -9, with the armed probability."""
    if _armed and random.random() < _armed.get(name, 0.0):  # noqa: S311 - no secret in it.
        os.write(2, f"failpoint {name}\n".encode())
        os._exit(137)
