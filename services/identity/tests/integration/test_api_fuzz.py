"""Whatever a program sends: an answer that the API's document names, and never a failure of ours."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from identity_staff import make_key

pytestmark = pytest.mark.integration
FEW = settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_whatever_is_sent_is_answered_as_documented(house: Any, person: Any) -> None:
    key = make_key(person, "identity:write", "team:write", "settings:write")
    document = schemathesis.openapi.from_wsgi("/api/identity/openapi.json", house.app)
    own = [each.ok() for each in document.get_all_operations()]
    paths = {each.path for each in own}
    for part in ("/buyers", "/buyer-imports", "/team", "/team/invitations", "/settings/brands"):
        assert f"/api/identity/v1{part}" in paths
    assert len(own) >= 34
    for operation in own:
        FEW(given(case=operation.as_strategy(), key=st.just(key))(ask))()


def ask(case: Any, key: str) -> None:
    """Send one request; its answer must be one that the document names, or a refusal."""
    reply = case.call(headers={"Authorization": f"Bearer {key}"})
    said = set(case.operation.definition.raw["responses"])
    if reply.status_code < 400:
        assert str(reply.status_code) in said
        return
    assert "default" in said
    assert reply.status_code < 500, (case.method, case.path, case.body, reply.text)
    assert reply.headers["content-type"] == ["application/problem+json"]
