"""Server processes do not run as root: where we are root, they get a number nobody else has.

No system user is made. Where the clone lies under a folder private to root, the process keeps the
one capability that lets it reach its files there.
"""

import os
import shutil
from pathlib import Path

from devstack.trouble import CannotStart

NOBODY = 65534
SEARCHABLE = 0o001


def as_unprivileged(command: tuple[str, ...], *, reaches: Path, dies_by: str) -> tuple[str, ...]:
    """Return the command, wrapped where we are root.

    `reaches`: a folder it must get to. `dies_by`: the signal it gets when its parent is gone,
    which has to be asked for after the change of user, since that change forgets it.
    """
    if os.geteuid() != 0:
        return command
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise CannotStart(
            "PostgreSQL refuses to run as root and setpriv (util-linux) is not here: "
            "run this as an ordinary user."
        )
    user = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs")
    capabilities = _capabilities(reaches, Path(command[0]), Path(__file__))
    return (setpriv, *user, *capabilities, f"--pdeathsig={dies_by}", *command)


def hand_over(folder: Path) -> None:
    """Give a folder and all in it to the unprivileged user, where we are root."""
    if os.geteuid() != 0:
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def hand_over_output(descriptor: int) -> None:
    """Let the unprivileged user open a log or pipe anew, as nginx does with /dev/stdout."""
    if os.geteuid() == 0:
        os.fchown(descriptor, NOBODY, NOBODY)


def _capabilities(*reaches: Path) -> tuple[str, ...]:
    paths = {each for path in reaches for each in (path.resolve(), *path.resolve().parents)}
    if all(path.stat().st_mode & SEARCHABLE for path in paths if path.is_dir()):
        return ()
    # Without the secure bit the capability does not count when a program asks access(2) whether
    # it may read its own binary, as PostgreSQL's do; executing drops all other capabilities.
    keep = "--securebits=+no_setuid_fixup"
    return (keep, "--inh-caps=+dac_override", "--ambient-caps=+dac_override")
