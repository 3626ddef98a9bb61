"""What has been stored: slips, queue entries, and every accepted upload."""

from flask import Blueprint, request

from twins.inputs import BadInput, read_body
from twins.next_engine.clock import japan_time
from twins.next_engine.company import Company, Upload
from twins.next_engine.control.asking import Json, companies, company
from twins.next_engine.queue import Moment, work
from twins.next_engine.state import world
from twins.next_engine.tables import Row

bp = Blueprint("next_engine_orders", __name__, url_prefix="/_control")


@bp.get("/slips")
def list_slips() -> Json:
    """Return slips with lines and options; ?company= ?shop= ?slip= narrow, ?limit= the latest."""
    slips = [
        {"company": owner.ne_id, **slip}
        for owner in companies(request.args.get("company"))
        for slip in _slips_of(owner)
    ]
    return {"count": len(slips), "slips": slips[-_limit() :]}


@bp.post("/slips")
def plant_slip() -> tuple[Json, int]:
    """Add a slip as if by hand: {"company", "slip", "shop_id", …fields without their prefix}.

    For slips that share a number and for cancelled ones (behaviour 45).
    """
    asked = read_body()
    owner, number = company(asked.pop("company", None)), asked.pop("slip", None)
    row: Row = {f"receive_order_{name}": str(value) for name, value in asked.items()}
    if not number or not row.keys() <= owner.slips.kinds.keys():
        raise BadInput("slip is needed, and only known fields")
    with owner.lock:
        defaults: Row = {
            "receive_order_id": owner.next_id(),
            "receive_order_shop_cut_form_id": str(number),
            "receive_order_shop_id": "2",
            "receive_order_import_type_id": "2",
            "receive_order_order_status_id": "2",
            "receive_order_cancel_type_id": "0",
        }
        return owner.slips.whole(owner.slips.add({**defaults, **row})), 201


@bp.get("/uploads")
def list_uploads() -> Json:
    """Return every accepted upload, oldest first, also those whose answer was lost; ?slip= narrows."""
    slip = request.args.get("slip")
    uploads = []
    for owner in companies(request.args.get("company")):
        with owner.lock:
            work(owner, world().switches, Moment.at(world().clock.now()))
            uploads += [
                _shown(owner, upload)
                for upload in owner.uploads
                if slip is None or slip in upload.slip_numbers
            ]
    return {"count": len(uploads), "uploads": uploads[-_limit() :]}


@bp.get("/uploads/<que_id>")
def show_upload(que_id: str) -> Json:
    """Return one upload with its file as text; only the latest files are kept."""
    for owner in companies(request.args.get("company")):
        with owner.lock:
            for upload in owner.uploads:
                if upload.que_id == que_id:
                    file = (upload.csv or b"").decode("cp932", "backslashreplace")
                    return {**_shown(owner, upload), "file": file}
    raise BadInput(f"no upload {que_id}")


def _slips_of(owner: Company) -> list[Json]:
    shop, number = request.args.get("shop"), request.args.get("slip")
    with owner.lock:
        work(owner, world().switches, Moment.at(world().clock.now()))
        found = (
            owner.slips.find("receive_order_shop_cut_form_id", [number])
            if number
            else list(owner.slips.rows)
        )
        wanted = [slip for slip in found if shop in (None, slip["receive_order_shop_id"])]
        return [_whole(owner, slip) for slip in wanted[-_limit() :]]


def _whole(owner: Company, slip: Row) -> Json:
    slip_id = [slip["receive_order_id"]]
    return {
        **owner.slips.whole(slip),
        "lines": owner.lines.find("receive_order_row_receive_order_id", slip_id),
        "options": owner.options.find("receive_order_option_receive_order_id", slip_id),
    }


def _shown(owner: Company, upload: Upload) -> Json:
    return {
        "company": owner.ne_id,
        "que_id": upload.que_id,
        "shop_id": upload.shop_id,
        "pattern_id": upload.pattern_id,
        "slips": list(upload.slip_numbers),
        "status": upload.status,
        "message": upload.message,
        "received_at": japan_time(upload.received_at),
        "answer_lost": upload.answer_lost,
    }


def _limit() -> int:
    """Return how many to show at most; without ?limit= all of them."""
    text = request.args.get("limit", "1000000")
    if not text.isdecimal() or int(text) < 1:
        raise BadInput("limit must be a whole number of at least 1")
    return int(text)
