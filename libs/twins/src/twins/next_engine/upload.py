"""Taking a file into the queue: that is all a success of this call means (behaviours 22 to 27)."""

import time
import zlib

from twins.next_engine.answers import Answer, bad_parameter
from twins.next_engine.calls import Call
from twins.next_engine.company import Company, Upload
from twins.next_engine.csv_file import slip_numbers_of
from twins.next_engine.queue import Moment, work
from twins.next_engine.tables import Row
from twins.next_engine.world import World

_PREFIX = "receive_order_upload_pattern_"
_LARGEST_FILE = 50 * 1024 * 1024


def accept_upload(world: World, company: Company, call: Call) -> Answer:
    """Queue the file and answer with its que_id. Raises Refused; then nothing is queued."""
    work(company, world.switches, Moment.at(world.clock.now()))
    pattern = _pattern(company, call.text(f"{_PREFIX}id"))
    kind, packed = call.text("data_type_1"), call.form.get("data_1")
    if kind not in ("csv", "gz"):
        raise bad_parameter("data_type_1にはcsvまたはgzを指定してください。")
    if not packed:
        raise bad_parameter("data_1を指定してください。")
    csv = (
        _unpacked(packed, at_once=world.switches.broken_gzip == "upload")
        if kind == "gz"
        else packed
    )
    upload = Upload(
        que_id=company.next_id(),
        shop_id=pattern[f"{_PREFIX}shop_id"] or "",
        pattern_id=pattern[f"{_PREFIX}id"] or "",
        csv=csv,
        slip_numbers=slip_numbers_of(csv) if csv is not None else (),
        received_at=world.clock.now(),
        arrived=time.monotonic(),
    )
    company.uploads.append(upload)
    company.waiting.append(upload)
    return {"result": "success", "que_id": upload.que_id}


def _pattern(company: Company, pattern_id: str) -> Row:
    if not pattern_id:
        raise bad_parameter(f"{_PREFIX}idを指定してください。")
    for pattern in company.patterns.rows:
        if pattern[f"{_PREFIX}id"] == pattern_id and pattern[f"{_PREFIX}deleted_flag"] == "0":
            return pattern
    raise bad_parameter("存在しない受注一括登録パターンです。")


def _unpacked(packed: bytes, *, at_once: bool) -> bytes | None:
    """Return the file inside the gzip container; None for a broken one the queue shall report."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        file = unpacker.decompress(packed, _LARGEST_FILE)
    except zlib.error:
        file = b""
    if unpacker.eof:
        return file
    if at_once:
        raise bad_parameter("data_1を展開できません。")
    return None
