"""Who looks after the machinery: appointed and dismissed at the command line, never on a page."""

from datetime import datetime

from sqlalchemy.orm import Session

from common.errors import Conflict, FieldError, Invalid, NotFound
from common.operations.doer import Doer
from common.operations.log import record_action
from identity.domain.email import is_email, normal
from identity.store.models import Operator, User
from identity.store.operators import delete_operator, has_other_duties, is_operator
from identity.store.own_sessions import delete_sessions_of_user
from identity.store.users import find_user_by_email
from identity.usecases.request_reset import request_reset


class HasOtherDuties(Conflict):
    """Whoever sees a brand's or a customer's business does not look after the machinery."""

    code = "has_other_duties"


class OperatorNotFound(NotFound):
    code = "operator_not_found"


def add_operator(
    session: Session, doer: Doer, *, email: str, name: str, language: str, now: datetime
) -> User:
    """Make an account without a password and mail the way to one; harmless when repeated.

    Raises Invalid for no address, HasOtherDuties for one of a brand's team or a customer.
    """
    if not is_email(normal(email)):
        wrong = FieldError("email", "invalid", "Please give a complete email address.")
        raise Invalid(wrong.detail, errors=[wrong])
    user = find_user_by_email(session, normal(email)) or _new_account(
        session, email, name, language
    )
    if has_other_duties(session, user.id):
        raise HasOtherDuties("This address belongs to a brand's team or to a customer.")
    if not is_operator(session, user.id):
        session.add(Operator(user_id=user.id, added_by=doer.name))
        record_action(session, doer, "operator_added", subject={"user_id": str(user.id)})
    request_reset(session, user.email, now=now)
    return user


def remove_operator(session: Session, doer: Doer, *, email: str) -> list[str]:
    """Take the role away and end its sessions; return the copies to bury. Raises OperatorNotFound."""
    user = find_user_by_email(session, normal(email))
    if user is None or not delete_operator(session, user.id):
        raise OperatorNotFound("There is no such operator.")
    record_action(session, doer, "operator_removed", subject={"user_id": str(user.id)})
    return delete_sessions_of_user(session, user.id, keeps=None)


def _new_account(session: Session, email: str, name: str, language: str) -> User:
    user = User(
        email=normal(email), name=name or normal(email), password_hash=None, language=language
    )
    session.add(user)
    session.flush()
    return user
