"""Carrying a call out: tokens first, then the call, and the living pair in whatever the answer is."""

from twins.next_engine.answers import Answer, Refused
from twins.next_engine.calls import Call
from twins.next_engine.company import Company
from twins.next_engine.endpoints import endpoint_named
from twins.next_engine.signin import company_fields, person_fields
from twins.next_engine.tokens import Pair, read_token
from twins.next_engine.world import World


def perform(world: World, call: Call, *, instead: Refused | None = None) -> Answer:
    """Return the answer; with `instead`, refuse with that after the tokens have passed.

    A rotation happens in either case, and its new pair is in either answer (behaviours 6 and 9).
    """
    if call.endpoint == "neauth":
        return _answer_login(world, call, instead)
    company = world.company_of(call.text("access_token"))
    if company is None:
        return _stranger(call).answer()
    with company.lock:
        try:
            pair = _use_pair(world, company, call)
        except Refused as refused:
            return refused.answer()
        try:
            if instead is not None:
                raise instead
            answer = _carry_out(world, company, call)
        except Refused as refused:
            return refused.answer() | (pair.fields() if refused.tokens else {})
        return answer | pair.fields()


def _stranger(call: Call) -> Refused:
    if not call.text("access_token"):
        return Refused("002001", "access_tokenを指定してください。", tokens=False)
    return Refused("002002", "access_tokenが不正です。", tokens=False)


def _use_pair(world: World, company: Company, call: Call) -> Pair:
    access, refresh = call.text("access_token"), call.text("refresh_token")
    claims = read_token(access)
    if claims is None or claims.uid not in company.people:
        raise _stranger(call)
    try:
        return company.sessions.use(claims, access, refresh, now=world.clock.now())
    except Refused as refused:
        if refused.code == "002004" and refused.result == "error":
            refused.result = world.switches.expired_result
        raise


def _carry_out(world: World, company: Company, call: Call) -> Answer:
    endpoint = endpoint_named(call.endpoint)
    if endpoint is None:
        raise Refused("004001", f"{call.endpoint} は利用できません。")
    return endpoint(world, company, call)


def _answer_login(world: World, call: Call, instead: Refused | None) -> Answer:
    try:
        if instead is not None:
            raise instead
        return _log_in(world, call)
    except Refused as refused:
        return refused.answer()


def _log_in(world: World, call: Call) -> Answer:
    uid, state = call.text("uid"), call.text("state")
    if not uid:
        raise Refused("001001", "uidを指定してください。", tokens=False)
    app = world.app
    if (call.text("client_id"), call.text("client_secret")) != (app.client_id, app.client_secret):
        raise Refused("001003", "client_idまたはclient_secretが不正です。", tokens=False)
    now, switches = world.clock.now(), world.switches
    visit = world.doorbell.open(state, uid, now=now, single_use=switches.single_use_state)
    company = world.companies[visit.company_ne_id]
    with company.lock:
        pair = company.sessions.log_in(uid, now=now, replaces=switches.login_replaces_pair)
        person = person_fields(company.people[uid])
    return {"result": "success"} | company_fields(company) | person | pair.fields()
