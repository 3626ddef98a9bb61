"""The first login: a state for the browser, then a first pair for the server."""

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from twins.next_engine.answers import Answer, Refused
from twins.next_engine.company import Company, Person

STATE_LIFE = timedelta(minutes=5)


@dataclass(kw_only=True)
class Visit:
    company_ne_id: str
    uid: str
    begun_at: datetime
    is_used: bool = False


class Doorbell:
    """The states that were handed to browsers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._visits: dict[str, Visit] = {}

    def ring(self, company: Company, uid: str, now: datetime) -> str:
        """Return a state for this person's browser to carry back."""
        state = secrets.token_hex(16)
        with self._lock:
            self._visits[state] = Visit(company_ne_id=company.ne_id, uid=uid, begun_at=now)
        return state

    def open(self, state: str, uid: str, *, now: datetime, single_use: bool) -> Visit:
        """Return the visit behind a state. Raises Refused when it is unknown, old or used."""
        with self._lock:
            visit = self._visits.get(state)
            if (
                visit is None
                or visit.uid != uid
                or now - visit.begun_at > STATE_LIFE
                or (visit.is_used and single_use)
            ):
                raise Refused("002005", "uidまたはstateが不正です。", tokens=False)
            visit.is_used = True
            return visit


def company_fields(company: Company) -> Answer:
    return {
        "company_app_header": "EX0001",
        "company_ne_id": company.ne_id,
        "company_name": company.name,
        "company_kana": company.kana,
    }


def person_fields(person: Person) -> Answer:
    return {
        "uid": person.uid,
        "pic_ne_id": person.pic_ne_id,
        "pic_name": person.name,
        "pic_kana": person.kana,
        "pic_mail_address": person.mail_address,
    }
