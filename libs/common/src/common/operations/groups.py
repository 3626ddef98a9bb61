"""Dead letters by failure: those of one name that died of the same (K11)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.operations.letters import ANY, NEWEST, Wanted
from common.operations.masking import masked
from common.operations.refusals import LetterNotFound

MOST_AT_ONCE = 1000
"""Of a group, the oldest so many are acted on at a time: one statement, well below its timeout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Letters of one name that died of the same. `number`: at most MOST_AT_ONCE are acted on."""

    kind: str
    name: str
    error: str
    error_key: str
    number: int
    oldest: datetime
    newest: datetime

    @property
    def id(self) -> str:
        """A short name to type."""
        return hashlib.sha256(f"{self.kind} {self.name} {self.error_key}".encode()).hexdigest()[:8]

    @property
    def wanted(self) -> Wanted:
        return Wanted(kind=self.kind, name=self.name, error_key=self.error_key)


GROUPS = text(f"""
select kind, name, error_key, min(error) as error, count(*) as number, min(since) as oldest,
  max(since) as newest
from ({NEWEST}) as letters
where (cast(:kind as text) is null or kind = :kind)
  and (cast(:name as text) is null or name = :name)
  and (cast(:error_key as text) is null or error_key = :error_key)
group by kind, name, error_key order by number desc, name, error_key limit :limit
""")  # noqa: S608 - nothing but our own words.


def list_groups(session: Session, wanted: Wanted = ANY, *, limit: int = 50) -> list[Group]:
    """Return the largest groups among the newest letters (LOOKED_AT of each kind)."""
    rows = session.execute(GROUPS, {**wanted.values(), "limit": limit})
    return [Group(**{**row._mapping, "error": masked(row.error)}) for row in rows]


def find_group(session: Session, group_id: str) -> Group:
    """Return the group of that short name. Raises LetterNotFound when nothing is left of it."""
    for group in list_groups(session, limit=MOST_AT_ONCE):
        if group.id == group_id:
            return group
    raise LetterNotFound("There is no such group of dead letters.")
