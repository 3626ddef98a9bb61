"""Identity's part of the demo world: maker, brands, staff, users, buyers."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from common.db import Database
from devstack.world import cast
from devstack.world.addresses import ADDRESSES, HomeAddress
from identity.domain.email import normal
from identity.gateways.passwords import Passwords
from identity.store import models


class HashedBefore(Passwords):
    """Gives hashes that were made before the transaction: a busy machine takes seconds for them."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._made = [(secret, super(HashedBefore, self).hash(secret)) for secret in secrets]

    def hash(self, secret: str) -> str:
        for pair in self._made:
            if pair[0] == secret:
                self._made.remove(pair)
                return pair[1]
        return super().hash(secret)


def load(database: Database, *, now: datetime, env: Mapping[str, str]) -> None:
    """Write who exists; what is there already stays as it is."""
    with database.transaction(cast.MAKER_ID) as session:
        is_new = session.get(models.Maker, cast.MAKER_ID) is None
    passwords = HashedBefore(_all_secrets() if is_new else ())
    with database.transaction(cast.MAKER_ID) as session:
        if session.get(models.Maker, cast.MAKER_ID) is None:
            _write(session, passwords)
        for buyer in cast.BUYERS:
            if session.get(models.Buyer, buyer.id) is None:
                add_buyer(session, buyer, passwords)
        if session.get(models.Operator, cast.OPERATOR.id) is None:
            _add_account(session, cast.OPERATOR, language="en", passwords=passwords)
            session.add(models.Operator(user_id=cast.OPERATOR.id, added_by="the demo world"))


def _all_secrets() -> list[str]:
    """Return what _write hashes, as often as it does."""
    people = (*cast.STAFF, *cast.USERS, cast.OPERATOR)
    logins = [buyer for buyer in cast.BUYERS if buyer.login_email]
    passcodes = [buyer.passcode for buyer in cast.BUYERS if buyer.passcode]
    return [cast.PASSWORD] * (len(people) + len(logins)) + passcodes


def _write(session: Session, passwords: Passwords) -> None:
    _add_maker(session)
    for staff in cast.STAFF:
        _add_staff(session, staff, passwords)
    for organisation_id, name in cast.ORGANISATIONS.items():
        session.add(models.Organisation(id=organisation_id, name=name))
    session.flush()
    for user in cast.USERS:
        _add_user(session, user, passwords)


def add_buyer(session: Session, buyer: cast.Buyer, passwords: Passwords) -> None:
    """Write one buyer of the demo maker with its ways in, address and recipient."""
    brand_id = buyer.brand.id
    address = ADDRESSES[buyer.country]
    session.add(
        models.Buyer(
            id=buyer.id,
            maker_id=cast.MAKER_ID,
            brand_id=brand_id,
            kind=buyer.kind,
            organisation_id=buyer.organisation_id,
            unique_code=buyer.unique_code,
            name=buyer.name,
            contact_email=buyer.contact_email,
            phone=address.phone,
            country=buyer.country,
            language=buyer.language,
            trade_term_id=cast.WHOLESALE.id,
            currency=buyer.currency,
            rate_kind=buyer.rate_kind,
            rate_value=Decimal(buyer.rate_value),
            payment_terms="Net 30",
            login_email=normal(buyer.login_email) if buyer.login_email else None,
            login_hash=passwords.hash(cast.PASSWORD) if buyer.login_email else None,
            passcode_hash=passwords.hash(buyer.passcode) if buyer.passcode else None,
        )
    )
    session.add(
        models.BuyerLookup(
            buyer_id=buyer.id,
            maker_id=cast.MAKER_ID,
            brand_id=brand_id,
            organisation_id=buyer.organisation_id,
        )
    )
    session.flush()
    _add_recipient(session, buyer)
    _add_address(session, buyer, address)


def _add_maker(session: Session) -> None:
    session.add(
        models.Maker(
            maker_id=cast.MAKER_ID,
            name=cast.MAKER_NAME,
            languages=list(cast.LANGUAGES),
            default_language=cast.LANGUAGES[0],
            currencies=list(cast.CURRENCIES),
            time_zone=cast.TIME_ZONE,
        )
    )
    for brand in cast.BRANDS:
        session.add(
            models.Brand(id=brand.id, maker_id=cast.MAKER_ID, name=brand.name, code=brand.code)
        )
        session.add(models.BrandLookup(brand_id=brand.id, maker_id=cast.MAKER_ID))
    for term in (cast.WHOLESALE, cast.CONSIGNMENT):
        session.add(
            models.TradeTerm(id=term.id, maker_id=cast.MAKER_ID, code=term.code, name=term.name)
        )
    session.flush()


def _add_staff(session: Session, staff: cast.Staff, passwords: Passwords) -> None:
    _add_account(session, staff, language="en", passwords=passwords)
    has_all = len(staff.brands) == len(cast.BRANDS)
    member = models.StaffMember(
        id=staff.id,
        maker_id=cast.MAKER_ID,
        user_id=staff.id,
        role=staff.role,
        has_all_brands=has_all,
    )
    session.add(member)
    session.add(models.StaffLookup(user_id=staff.id, maker_id=cast.MAKER_ID))
    session.flush()
    for brand in () if has_all else staff.brands:
        session.add(models.StaffBrand(maker_id=cast.MAKER_ID, staff_id=staff.id, brand_id=brand.id))


def _add_user(session: Session, user: cast.User, passwords: Passwords) -> None:
    _add_account(session, user, language=user.language, passwords=passwords)
    for organisation_id in user.organisation_ids:
        session.add(
            models.Membership(
                organisation_id=organisation_id, user_id=user.id, role="primary_owner"
            )
        )
    session.flush()


def _add_account(
    session: Session,
    person: cast.Staff | cast.User | cast.Operator,
    *,
    language: str,
    passwords: Passwords,
) -> None:
    session.add(
        models.User(
            id=person.id,
            email=normal(person.email),
            name=person.name,
            password_hash=passwords.hash(cast.PASSWORD),
            language=language,
        )
    )
    session.flush()


def _add_recipient(session: Session, buyer: cast.Buyer) -> None:
    session.add(
        models.Recipient(maker_id=cast.MAKER_ID, buyer_id=buyer.id, email=buyer.contact_email)
    )


def _add_address(session: Session, buyer: cast.Buyer, home: HomeAddress) -> None:
    """Give the buyer an address and make it the default (R109)."""
    address = models.Address(
        maker_id=cast.MAKER_ID,
        buyer_id=buyer.id,
        country=buyer.country,
        addressee=buyer.name,
        zip=home.zip,
        state=home.state,
        city=home.city,
        line1=home.line1,
        line2=home.line2,
        phone=home.phone,
    )
    session.add(address)
    session.get_one(models.Buyer, buyer.id).default_address_id = address.id
    session.flush()
