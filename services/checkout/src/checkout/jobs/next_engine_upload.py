"""The effect behind each slip: upload once, follow the queue, look it up before any resend (K8)."""

from dataclasses import dataclass
from uuid import UUID

from checkout.deps import Deps
from checkout.domain.next_engine.csv import slip_file
from checkout.domain.next_engine.policy import Policy, pause_after
from checkout.domain.next_engine.slip import Slip, SlipRefused, slips_of
from checkout.gateways.next_engine.call import NextEngine, NoAnswer, NotSuccessful
from checkout.gateways.next_engine.orders import (
    find_queue_entries,
    find_slip,
    has_waiting_uploads,
    upload,
)
from checkout.jobs.token_keeper import CompanyBusy, RowTokenKeeper
from checkout.store.next_engine import Shop, find_shop, stop_company
from checkout.store.orders import find_order
from checkout.store.slips import get_slip
from checkout.usecases.plan_upload import NOT_CONNECTED, UPLOAD
from checkout.usecases.record_upload import record_upload
from checkout.usecases.slip_order import slip_order
from common.delivery import Accepted, Again, Call, Dead, Done, Outcome, Unknown, outbound_kind

CHECKS = (2, 3, 5, 15, 30, 60)
"""Seconds between looks at the queue; then every five minutes."""
LATER = 300
BUSY = 15
"""Seconds, times the attempts so far, while their queue works: all attempts last for an hour."""
LOST_AFTER = 6
"""So many looks at a queue entry that is imported without a slip to be found."""
DOUBT = 60
"""Seconds after a death in the middle of an upload: their queue may show it late."""
MISSING_AFTER = 8
"""So many looks (12 minutes) at a queue that does not know the entry: it may never have been there."""
CONNECT_AGAIN = "NEXT ENGINE must be connected again."
CONNECT = "Connect it, then retry."


@dataclass(frozen=True, slots=True)
class Job:
    """One slip and where it goes."""

    slip: Slip
    shop: Shop
    engine: NextEngine
    keeper: RowTokenKeeper
    deps: Deps


@outbound_kind(
    UPLOAD, longest=300, concurrency=1, attempts=30, on_change=record_upload, doubt=DOUBT
)
def upload_slip(deps: Deps, call: Call) -> Outcome:
    """Do the next step for this slip, whatever is known of the steps before."""
    try:
        job = _load(deps, call)
    except SlipRefused as refused:
        return Dead(refused.words)
    return _answered(job, call)


def _answered(job: Job, call: Call) -> Outcome:
    """Take the step and turn whatever comes back into what is done next."""
    try:
        return _step(job, call)
    except SlipRefused as refused:
        return Dead(refused.words)
    except CompanyBusy:
        return Again(5, "another call to this company is under way")
    except NotSuccessful as refusal:
        return _after_refusal(job, call, refusal)
    except NoAnswer as lost:
        if call.previous_state == "pending":
            return Unknown(str(lost), after=job.deps.settings.next_engine_doubt_seconds)
        return Again(None, str(lost))


def _load(deps: Deps, call: Call) -> Job:
    """Return the slip as the order is now. Raises SlipRefused where nothing may be sent."""
    with deps.database.transaction(call.maker_id) as session:
        row = get_slip(session, UUID(call.payload["slip_id"]))
        order = find_order(session, row.order_id)
        shop = find_shop(session, brand_id=row.brand_id)
        if shop is None or order is None or call.maker_id is None:
            raise SlipRefused(NOT_CONNECTED, cure=CONNECT)
        if shop.state != "connected":
            raise SlipRefused(CONNECT_AGAIN, cure=CONNECT)
        slip = slips_of(slip_order(order))[row.position - 1]
    keeper = RowTokenKeeper(
        deps.database, deps.cipher, maker_id=call.maker_id, connection_id=shop.connection_id
    )
    engine = NextEngine(
        api_url=deps.settings.next_engine_api_url, keeper=keeper, http=deps.next_engine_http
    )
    return Job(slip, shop, engine, keeper, deps)


def _step(job: Job, call: Call) -> Outcome:
    if call.previous_state == "accepted" and call.remote_id:
        return _follow(job, call, call.remote_id)
    if call.previous_state == "unknown":
        found = _found(job)
        if found:
            return found
        if has_waiting_uploads(job.engine, now=job.deps.now()):
            pause = min(LATER, BUSY * call.attempts)
            return Unknown("their queue still works on uploads", after=pause)
    return _upload(job)


def _upload(job: Job) -> Outcome:
    default = job.deps.settings.next_engine_encoding
    file = slip_file(job.slip, encoding=job.shop.csv_encoding or default)
    que_id = upload(
        job.engine, pattern_id=job.shop.pattern_id, content=file.content, now=job.deps.now()
    )
    note = f"written as 〓: {''.join(sorted(file.substituted))}" if file.substituted else None
    return Accepted(que_id, CHECKS[0], note=note, result={"que_id": que_id, "checks": 0})


def _follow(job: Job, call: Call, remote_id: str) -> Outcome:
    """Look at the queue entry; accepted is not imported."""
    result = dict(call.result or {})
    que_id, checks = str(result.get("que_id", remote_id)), int(result.get("checks", 0)) + 1
    entry = find_queue_entries(job.engine, [que_id], now=job.deps.now()).get(que_id)
    if entry is not None and (entry.is_imported or entry.is_failed):
        found = _found(job)
        if found:
            return found
        if entry.is_failed:
            return _not_imported(entry.words)
        if checks > LOST_AFTER:
            return Dead("NEXT ENGINE says imported, but the slip cannot be found there.")
    if entry is None and checks > MISSING_AFTER:
        return _found(job) or Unknown("their queue does not know the upload", after=15)
    pause = CHECKS[checks] if checks < len(CHECKS) else LATER
    return Accepted(que_id, pause, result={"que_id": que_id, "checks": checks})


def _not_imported(words: str) -> Outcome:
    """Their import failed and there is no slip: an import under way passes, other reasons stay."""
    if "取込中" in words:
        return Unknown(words, after=90)
    return Dead(words or "NEXT ENGINE could not import the slip.")


def _found(job: Job) -> Done | None:
    slip = job.slip
    found = find_slip(
        job.engine, shop_id=job.shop.shop_id, slip_number=slip.number, now=job.deps.now()
    )
    if found is None:
        return None
    is_equal = found.total.partition(".")[0] == str(slip.total)
    note = None if is_equal else f"their total is {found.total}, ours {slip.total}"
    return Done(found.receive_order_id, note=note)


def _after_refusal(job: Job, call: Call, refusal: NotSuccessful) -> Outcome:
    """Turn their code into the next step (references: their message codes, domain policy)."""
    words = f"{refusal.code} {refusal.words}".strip()
    match refusal.policy:
        case Policy.SUPERSEDED if job.keeper.has_newer():
            return Again(1, words)
        case Policy.REAUTHORISE | Policy.SUPERSEDED:
            _stop(job, call, "reauth_required", words)
            return Dead(f"{CONNECT_AGAIN} ({words})")
        case Policy.SUSPENDED:
            _stop(job, call, "paused", words)
            return Dead(words)
        case Policy.AMBIGUOUS if call.previous_state == "pending":
            return Unknown(words, after=pause_after(refusal.policy, attempts=call.attempts))
        case Policy.ATTENTION if call.previous_state == "pending":
            return Dead(words)
        case _:
            return Again(pause_after(refusal.policy, attempts=call.attempts), words)


def _stop(job: Job, call: Call, state: str, words: str) -> None:
    with job.deps.database.transaction(call.maker_id) as session:
        stop_company(session, job.shop.connection_id, state=state, words=words)
