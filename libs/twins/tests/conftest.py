"""One running set of twins for all tests of this package, fresh for each of them."""

from collections.abc import Iterator

import pytest

from twins.clients import MailControl, NextEngineControl
from twins.server import Running, running_twins
from twins.settings import Settings
from twins.testing import Caller, Sheet, csv_of, make_row, pair_in

CALLBACK = "http://127.0.0.1:21099/next-engine/callback"


@pytest.fixture(scope="session")
def twins() -> Iterator[Running]:
    with running_twins(Settings(redirect_uri=CALLBACK)) as running:
        yield running


@pytest.fixture
def control(twins: Running) -> Iterator[NextEngineControl]:
    with NextEngineControl(twins.next_engine) as control:
        control.reset()
        yield control
        control.reset()


@pytest.fixture
def mail(twins: Running) -> Iterator[MailControl]:
    with MailControl(twins.mail) as mail:
        mail.reset()
        yield mail


@pytest.fixture
def caller(twins: Running, control: NextEngineControl) -> Iterator[Caller]:
    caller = Caller(twins.next_engine, pair_in(control.issue_tokens()))
    yield caller
    caller.http.close()


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(make_row, csv_of)
