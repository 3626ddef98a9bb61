"""Who uses the twin: the app, companies, their shops and tokens."""

from flask import Blueprint

from twins.inputs import BadInput, change_from_input, read_body
from twins.next_engine.company import Company, Person
from twins.next_engine.control.asking import Json, company
from twins.next_engine.seed import PERSON, add_shop, seed_company
from twins.next_engine.signin import company_fields, person_fields
from twins.next_engine.state import world

bp = Blueprint("next_engine_companies", __name__, url_prefix="/_control")


@bp.get("/app")
def show_app() -> Json:
    app = world().app
    return {
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "redirect_uri": app.redirect_uri,
    }


@bp.post("/app")
def change_app() -> Json:
    """Register another client id, secret or redirect URI."""
    change_from_input(world().app, read_body())
    return show_app()


@bp.get("/companies")
def list_companies() -> Json:
    return {"companies": [_shown(company) for company in list(world().companies.values())]}


@bp.post("/companies")
def add_company() -> tuple[Json, int]:
    """Add {"ne_id", "name"} with the seeded shops and patterns; repeating changes nothing."""
    asked = read_body()
    ne_id = str(asked.get("ne_id", ""))
    if not ne_id or "|" in ne_id:
        raise BadInput("ne_id is needed, without |")
    return _shown(seed_company(world(), ne_id=ne_id, name=str(asked.get("name", ne_id)))), 201


@bp.delete("/companies/<ne_id>")
def remove_company(ne_id: str) -> Json:
    """Forget a company and everything of it; repeating changes nothing."""
    world().companies.pop(ne_id, None)
    return {}


@bp.post("/shops")
def create_shop() -> tuple[Json, int]:
    """Add {"company", "shop_id", "pattern_id", "name", "tax_included"}, ids being digits."""
    asked = read_body()
    shop_id, pattern_id = str(asked.get("shop_id", "")), str(asked.get("pattern_id", ""))
    if not shop_id.isdecimal() or not pattern_id.isdecimal():
        raise BadInput("shop_id and pattern_id are needed, as digits")
    owner = company(asked.get("company"))
    with owner.lock:
        if any(shop["shop_id"] == shop_id for shop in owner.shops.rows):
            raise BadInput(f"there is a shop {shop_id}")
        name, tax_included = str(asked.get("name", shop_id)), bool(asked.get("tax_included"))
        add_shop(owner, shop_id, name, tax_included=tax_included, pattern=pattern_id)
    return _shown(owner), 201


@bp.post("/goods")
def set_goods() -> Json:
    """Set the goods master: {"company", "codes": [...]}; null takes every code as known."""
    asked = read_body()
    codes, owner = asked.get("codes"), company(asked.get("company"))
    if codes is not None and not isinstance(codes, list):
        raise BadInput("codes is a list or null")
    with owner.lock:
        owner.goods = None if codes is None else {str(code) for code in codes}
    return {}


@bp.post("/tokens")
def issue_tokens() -> tuple[Json, int]:
    """Log a person in without a browser: {"company", "uid"}, by default the seeded ones.

    Answers as /api_neauth does. As there, a login ends the person's earlier pair; another uid is
    another person with a pair of its own.
    """
    asked = read_body()
    owner, uid = company(asked.get("company")), str(asked.get("uid") or PERSON)
    if "|" in uid:
        raise BadInput("uid cannot hold |")
    with owner.lock:
        person = owner.people.setdefault(uid, Person(uid=uid))
        pair = owner.sessions.log_in(
            uid, now=world().clock.now(), replaces=world().switches.login_replaces_pair
        )
        return company_fields(owner) | person_fields(person) | pair.fields(), 201


def _shown(company: Company) -> Json:
    return {
        **company_fields(company),
        "people": list(company.people),
        "shops": company.shops.rows,
        "patterns": company.patterns.rows,
    }
