"""What each call of the API does once its tokens have passed."""

from collections.abc import Callable, Mapping

from twins.next_engine.answers import Answer
from twins.next_engine.calls import Call
from twins.next_engine.company import Company
from twins.next_engine.queue import Moment, work
from twins.next_engine.search import asked_fields, matching, page
from twins.next_engine.signin import company_fields, person_fields
from twins.next_engine.tables import Row, Table
from twins.next_engine.tokens import read_token
from twins.next_engine.upload import accept_upload
from twins.next_engine.world import World

Endpoint = Callable[[World, Company, Call], Answer]
TableOf = Callable[[Company], Table]

_SEARCHES: Mapping[str, TableOf] = {
    "master_shop": lambda company: company.shops,
    "system_que": lambda company: company.queue,
    "receiveorder_base": lambda company: company.slips,
    "receiveorder_row": lambda company: company.lines,
    "receiveorder_option": lambda company: company.options,
    "receiveorder_paymentdeliveryconvert": lambda company: company.conversions,
}


def endpoint_named(name: str) -> Endpoint | None:
    """Return what answers `<resource>/<action>`, or None where the twin has nothing."""
    return _ENDPOINTS.get(name)


def _search(table_of: TableOf) -> Endpoint:
    def search(world: World, company: Company, call: Call) -> Answer:
        work(company, world.switches, Moment.at(world.clock.now()))
        table, parameters = table_of(company), call.parameters()
        names = asked_fields(table, parameters)
        return _rows([_cut(row, names) for row in page(matching(table, parameters), parameters)])

    return search


def _count(table_of: TableOf) -> Endpoint:
    def count(world: World, company: Company, call: Call) -> Answer:
        work(company, world.switches, Moment.at(world.clock.now()))
        found = matching(table_of(company), call.parameters())
        return {"result": "success", "count": str(len(found))}

    return count


def _patterns(world: World, company: Company, call: Call) -> Answer:
    return _rows([company.patterns.whole(row) for row in company.patterns.rows])


def _login_company(world: World, company: Company, call: Call) -> Answer:
    return _rows([company_fields(company)])


def _login_user(world: World, company: Company, call: Call) -> Answer:
    claims = read_token(call.text("access_token"))
    return _rows([person_fields(company.people[claims.uid])] if claims else [])


def _rows(rows: list[Row]) -> Answer:
    return {"result": "success", "count": str(len(rows)), "data": rows}


def _cut(row: Row, names: list[str]) -> Row:
    return {name: row.get(name) for name in names}


_ENDPOINTS: Mapping[str, Endpoint] = {
    "login_company/info": _login_company,
    "login_user/info": _login_user,
    "receiveorder_uploadpattern/info": _patterns,
    "receiveorder_base/upload": accept_upload,
    **{f"{name}/search": _search(table) for name, table in _SEARCHES.items()},
    **{f"{name}/count": _count(table) for name, table in _SEARCHES.items()},
}
