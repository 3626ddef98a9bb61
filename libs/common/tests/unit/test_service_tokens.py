import jwt
import pytest

from common.errors import Unauthorized
from common.service_tokens import TokenMaker, caller_of
from common.testing import make_keys

PRIVATE, PUBLIC = make_keys()


def token(service: str = "checkout", audience: str = "links", key: str | None = None) -> str:
    return TokenMaker(service=service, private_key=key or PRIVATE[service]).token_for(audience)


def test_names_its_caller() -> None:
    assert caller_of(token(), audience="links", public_keys=PUBLIC) == "checkout"


def test_is_good_for_one_audience_only() -> None:
    with pytest.raises(Unauthorized):
        caller_of(token(audience="catalog"), audience="links", public_keys=PUBLIC)


def test_cannot_be_signed_in_anothers_name() -> None:
    forged = token(service="checkout", key=PRIVATE["links"])
    with pytest.raises(Unauthorized):
        caller_of(forged, audience="links", public_keys=PUBLIC)


def test_unsigned_is_refused() -> None:
    unsigned = jwt.encode({"iss": "checkout", "aud": "links"}, "", algorithm="none")
    with pytest.raises(Unauthorized):
        caller_of(unsigned, audience="links", public_keys=PUBLIC)
