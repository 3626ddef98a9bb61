"""The small checks find what they are for, and nothing in a tidy tree."""

from pathlib import Path

import pytest

from devstack.checks import ceilings, commits, containers, migrations, requirements, translations
from devstack.places import ROOT


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "services" / "links" / "src" / "links" / "thing.py"
    path.parent.mkdir(parents=True)
    return path


def test_a_commit_outside_the_edges_is_found(module: Path, tmp_path: Path) -> None:
    module.write_text("def f(session):\n    session.commit()\n")
    assert list(commits.find(tmp_path)) == [
        "services/links/src/links/thing.py:2 calls commit(); transactions end at the edge"
    ]


def test_long_files_and_functions_are_found(module: Path, tmp_path: Path) -> None:
    module.write_text("def f():\n" + "    x = 1\n" * 40 + "y = 1\n" * 160)
    assert len(list(ceilings.find(tmp_path))) == 2
    module.write_text("def f():\n" + "    x = 1\n" * 39)
    assert list(ceilings.find(tmp_path)) == []


@pytest.mark.parametrize("line", ["--index-url x", "a @ https://host/a.whl", "a==1.0"])
def test_addresses_and_missing_hashes_are_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "run.txt").write_text(f"{line}\n")
    assert list(requirements.find(tmp_path))


@pytest.mark.parametrize(("said", "found"), [("割引率（%）", 1), ("%(a)s%%", 0), ("%(a)s％", 0)])
def test_a_sentence_that_breaks_its_page_is_found(tmp_path: Path, said: str, found: int) -> None:
    file = tmp_path / "services" / "links" / "messages.po"
    file.parent.mkdir(parents=True)
    file.write_text(
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "%(a)s"\nmsgstr "{said}"\n'
    )
    assert len(list(translations.find(tmp_path))) == found


def test_a_compose_file_without_a_service_is_found(tmp_path: Path) -> None:
    (tmp_path / "docker-compose.yml").write_text("services: {x: {build: {context: .}}}\n")
    found = list(containers.find(tmp_path))
    assert "docker-compose.yml has no links-web" in found
    assert "docker-compose.yml: x builds from Dockerfile, which is missing" in found


@pytest.mark.parametrize("check", [commits, containers, requirements])
def test_this_tree_is_tidy(check: object) -> None:
    assert list(check.find(ROOT)) == []  # type: ignore[attr-defined]


def test_two_migrations_of_one_number_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "services/shop/migrations/versions"
    folder.mkdir(parents=True)
    (folder / "0001_a.py").write_text('revision = "0001"\ndown_revision = None\n')
    (folder / "0002_b.py").write_text('revision = "0002"\ndown_revision = "0001"\n')
    assert not list(migrations.find(tmp_path))
    (folder / "0002_c.py").write_text('revision = "0002"\ndown_revision = "0001"\n')
    where = "services/shop/migrations/versions has 2 migrations whose"
    found = list(migrations.find(tmp_path))
    assert found == [f"{where} revision is 0002", f"{where} down_revision is 0001"]
