"""Lookbooks of a link that buyers will not see (R149, R150)."""

from links.domain.preflight.facts import BrandFacts, LinkFacts
from links.domain.preflight.finding import Finding

FIELD = "lookbook_ids"


def draft(link: LinkFacts, brand: BrandFacts) -> list[Finding]:
    """Draft: not shown until it is made public (R149, R150)."""
    known = [brand.lookbooks[each] for each in link.lookbook_ids if each in brand.lookbooks]
    names = [each.name for each in known if each.status != "public"]
    if not names:
        return []
    return [Finding(code="lookbook_is_draft", rule="R149", field=FIELD, values={"names": names})]


def deleted(link: LinkFacts, brand: BrandFacts) -> list[Finding]:
    """Deleted: it is not there any more."""
    gone = sum(each not in brand.lookbooks for each in link.lookbook_ids)
    if not gone:
        return []
    return [Finding(code="lookbook_deleted", rule="R148", field=FIELD, values={"count": gone})]
