"""What images leave out is what their service never imports; what they add is needed."""

import re
from pathlib import Path

import grimp
import pytest

from devstack.services import SERVICES

APART = re.compile(r"^apart (\w+) (.+)$", re.MULTILINE)
WHO_HAS = {
    package: set(services.split())
    for package, services in APART.findall(Path("deploy/containers/apart.sh").read_text())
}
FOR_ALL = ("common.commands", "common.migrate")
"""What every image can run beside its own service."""


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    """Give who imports whom, packages of others included."""
    return grimp.build_graph("common", *SERVICES, include_external_packages=True)


def test_some_packages_are_laid_apart() -> None:
    assert WHO_HAS
    assert set().union(*WHO_HAS.values()) <= set(SERVICES)


@pytest.mark.parametrize("package", WHO_HAS)
def test_an_image_has_a_package_when_its_service_comes_to_import_it(
    imports: grimp.ImportGraph, package: str
) -> None:
    def is_reached(importer: str) -> bool:
        chain = imports.find_shortest_chain(importer=importer, imported=package, as_packages=True)
        return chain is not None

    assert {service for service in SERVICES if is_reached(service)} == WHO_HAS[package]
    assert not [each for each in FOR_ALL if is_reached(each)]
