"""Where files are kept, for the services that keep some."""

from typing import Protocol

from common.files import Storage
from common.health.checking import Unwell


class HasStorage(Protocol):
    """Parts of a service that keeps files."""

    @property
    def storage(self) -> Storage: ...


def check_files(deps: HasStorage) -> str:
    if not deps.storage.is_usable():
        raise Unwell("the folder of the files is not there or not ours to write")
    return "usable"
