"""One person, as the services are told: the keys by which each finds what it holds."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from common.privacy.mentions import pattern_of, word_of


@dataclass(frozen=True, kw_only=True)
class Person:
    """Identity finds all of it but the orders, which checkout adds."""

    emails: tuple[str, ...]
    """In small letters; first the one that was asked for."""
    maker_ids: tuple[UUID, ...]
    """The tenants to look at."""
    is_whole: bool
    """False: only these makers' part of the person; accounts, which are nobody's, stay."""
    user_ids: tuple[UUID, ...] = ()
    buyer_ids: tuple[UUID, ...] = ()
    organisation_ids: tuple[UUID, ...] = ()
    """Those that are the person's alone."""
    order_ids: tuple[UUID, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Maker's id → the names of the person's buyers there."""

    def params(self, maker_id: UUID | None) -> dict[str, Any]:
        """Return what a register's conditions may use, in the tenant that is looked at."""
        everywhere = [f"{maker}{name}" for maker, all_ in self.names.items() for name in all_]
        return {
            "emails": list(self.emails),
            "email_patterns": [pattern_of(each) for each in self.emails],
            "email_words": [word_of(each) for each in self.emails],
            "account_emails": list(self.emails) if self.is_whole else [],
            "user_ids": list(self.user_ids),
            "buyer_ids": list(self.buyer_ids),
            "organisation_ids": list(self.organisation_ids),
            "order_ids": list(self.order_ids),
            "buyer_texts": [str(each) for each in self.buyer_ids],
            "order_texts": [str(each) for each in self.order_ids],
            "names": list(self.names.get(str(maker_id), ())),
            "maker_names": everywhere,
            "maker_ids": list(self.maker_ids),
            "is_whole": self.is_whole,
        }

    def as_json(self) -> dict[str, Any]:
        return {
            "emails": list(self.emails),
            "maker_ids": [str(each) for each in self.maker_ids],
            "is_whole": self.is_whole,
            "user_ids": [str(each) for each in self.user_ids],
            "buyer_ids": [str(each) for each in self.buyer_ids],
            "organisation_ids": [str(each) for each in self.organisation_ids],
            "order_ids": [str(each) for each in self.order_ids],
            "names": {maker: list(all_) for maker, all_ in self.names.items()},
        }

    @classmethod
    def of_json(cls, value: Mapping[str, Any]) -> Self:
        def ids(name: str) -> tuple[UUID, ...]:
            return tuple(UUID(str(each)) for each in value[name])

        return cls(
            emails=tuple(value["emails"]),
            maker_ids=ids("maker_ids"),
            is_whole=value["is_whole"],
            user_ids=ids("user_ids"),
            buyer_ids=ids("buyer_ids"),
            organisation_ids=ids("organisation_ids"),
            order_ids=ids("order_ids"),
            names={str(maker): tuple(all_) for maker, all_ in value["names"].items()},
        )


def digest_of(email: str, *, key: str) -> str:
    """Return what the log calls the person: nobody without the key can try addresses on it."""
    return hmac.new(key.encode(), email.lower().encode(), hashlib.sha256).hexdigest()[:32]
