"""Whatever a program sends: an answer that the API's document names, and never a failure of ours."""

from typing import Any
from uuid import UUID

import pytest
import redis
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from common.testing import make_claims, sign_in
from common.testing.peers import sample_answer

pytestmark = pytest.mark.integration
LINK = sample_answer("links", "links/resolve")
FEW = settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_whatever_is_sent_is_answered_as_documented(app: Flask, cache_url: str) -> None:
    scopes = ["catalog:read", "catalog:write"]
    brands = [UUID(LINK["brand_id"])]
    claims = make_claims(
        kind="api_key",
        maker_id=LINK["maker_id"],
        brand_ids=brands,
        role="admin",
        scopes=scopes,
    )
    with redis.Redis.from_url(cache_url) as cache:
        key = sign_in(cache, claims, kind="api_key")
    document = schemathesis.openapi.from_wsgi("/api/catalog/openapi.json", app)
    own = [each.ok() for each in document.get_all_operations()]
    assert len(own) >= 30
    for operation in own:
        FEW(given(case=operation.as_strategy(), key=st.just(key))(ask))()


def ask(case: Any, key: str) -> None:
    """Send one request; its answer must be one that the document names, or a refusal."""
    reply = case.call(headers={"Authorization": f"Bearer {key}"})
    if reply.status_code < 400:
        assert str(reply.status_code) in set(case.operation.definition.raw["responses"])
        return
    assert reply.status_code < 500, (case.method, case.path, case.body, reply.text)
    assert reply.headers["content-type"] == ["application/problem+json"]
