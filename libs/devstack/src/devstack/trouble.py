"""What a person at the keyboard is told when something cannot be done: one sentence."""


class CannotStart(Exception):
    """The message is one whole sentence that says what is wrong and what cures it."""
