"""Who manages a maker's staff, what may be given, and whose post may be changed (R198, R203)."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from common.audit import Actor
from common.errors import FieldError, Invalid
from identity.domain.team import BeyondYourBrands, demand_may_give, sees_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Manager:
    """Who changes the staff: in which role, seeing which brands."""

    actor: Actor
    maker_id: UUID
    role: str | None
    brand_ids: Collection[UUID]
    has_all_brands: bool
    person_id: UUID
    """The actor, or who made the key that acts."""
    person_name: str

    @property
    def is_program(self) -> bool:
        return self.actor.kind == "api_key"


@dataclass(frozen=True, slots=True)
class Post:
    """The role and the brands that somebody is given; `brand_ids` unless all."""

    role: str
    has_all_brands: bool
    brand_ids: frozenset[UUID]


def check_post(post: Post, manager: Manager) -> Post:
    """Return the post as it can be given. Raises RoleTooHigh, Invalid at `brands`."""
    demand_may_give(manager.role, post.role)
    if sees_all(post.role, wished=post.has_all_brands):
        if not manager.has_all_brands:
            raise _wrong("Give only brands that you see yourself.")
        return Post(post.role, has_all_brands=True, brand_ids=frozenset())
    if not post.brand_ids:
        raise _wrong("Choose at least one brand.")
    if not post.brand_ids <= frozenset(manager.brand_ids):
        raise _wrong("Give only brands that you see yourself.")
    return post


def is_hidden(manager: Manager, *, has_all_brands: bool, brand_ids: Collection[UUID]) -> bool:
    """Say whether somebody is not there for a program: works for none of its brand (R203)."""
    return manager.is_program and not has_all_brands and not set(brand_ids) & set(manager.brand_ids)


def reaches(manager: Manager, *, has_all_brands: bool, brand_ids: Collection[UUID]) -> bool:
    """Say whether the manager sees every brand that somebody works for."""
    sees_them = not has_all_brands and set(brand_ids) <= set(manager.brand_ids)
    return manager.has_all_brands or sees_them


def demand_reach(manager: Manager, *, has_all_brands: bool, brand_ids: Collection[UUID]) -> None:
    """Raise BeyondYourBrands unless the manager sees every brand that somebody works for."""
    if not reaches(manager, has_all_brands=has_all_brands, brand_ids=brand_ids):
        raise BeyondYourBrands("This needs somebody who sees all brands of this person.")


def _wrong(sentence: str) -> Invalid:
    return Invalid("Some fields are not right.", errors=[FieldError("brands", "brands", sentence)])
