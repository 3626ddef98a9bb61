"""The import worker: queue entries go 0, 1, then 2 or -1 (behaviours 26, 28, 35 to 37).

In timed mode nothing runs in the background: whoever looks first does the work that is due. That keeps
the order of imports exact and an idle twin idle.
"""

import time
from dataclasses import dataclass
from datetime import datetime

from twins.next_engine.clock import japan_time
from twins.next_engine.company import Company, Upload
from twins.next_engine.import_file import import_file
from twins.next_engine.switches import Switches

_FILES_KEPT = 200


@dataclass(frozen=True)
class Moment:
    """The twin's time for what is written down, the machine's for what has to wait."""

    now: datetime
    machine: float

    @classmethod
    def at(cls, now: datetime) -> "Moment":
        return cls(now, time.monotonic())


def work(company: Company, switches: Switches, moment: Moment) -> None:
    """Do what is due by now. The caller holds the company's lock."""
    for upload in list(company.waiting):
        age = moment.machine - upload.arrived
        if age >= switches.queue_visible_seconds:
            _list(company, upload)
        if switches.import_mode == "timed" and age >= switches.import_start_seconds:
            upload.status = "1" if upload.status == "0" else upload.status
        if switches.import_mode == "timed" and age >= switches.import_seconds:
            _finish(company, upload, switches, moment.now)
        _note(company, upload, moment.now)
    _tidy(company)


def tick(company: Company, switches: Switches, moment: Moment) -> None:
    """Take every waiting entry one step further, whatever the clock says."""
    for upload in list(company.waiting):
        if upload.status == "0":
            upload.status = "1"
        elif upload.status == "1":
            _finish(company, upload, switches, moment.now)
        _note(company, upload, moment.now)
    _tidy(company)


def _finish(company: Company, upload: Upload, switches: Switches, now: datetime) -> None:
    if upload.status in ("2", "-1"):
        return
    complaints = import_file(company, upload, switches, now=now)
    upload.status, upload.message = ("-1", "\n".join(complaints)) if complaints else ("2", "")


def _list(company: Company, upload: Upload) -> None:
    if upload.is_listed:
        return
    upload.is_listed = True
    received = japan_time(upload.received_at)
    company.queue.add(
        {
            "que_id": upload.que_id,
            "que_method_name": "JYUCHU_CSV",
            "que_shop_id": upload.shop_id,
            "que_upload_name": "受注一括登録 (NE_API)",
            "que_client_file_name": f"NE_API_{upload.que_id}.csv",
            "que_file_name": f"NE_API_{upload.que_id}.csv",
            "que_status_id": upload.status,
            "que_message": upload.message,
            "que_deleted_flag": "0",
            "que_creation_date": received,
            "que_last_modified_date": received,
            "que_last_modified_null_safe_date": received,
        }
    )


def _note(company: Company, upload: Upload, now: datetime) -> None:
    """Show an entry's state in its row, once there is one."""
    for row in company.queue.find("que_id", [upload.que_id]):
        if row["que_status_id"] != upload.status:
            row["que_status_id"], row["que_message"] = upload.status, upload.message
            row["que_last_modified_date"] = japan_time(now)
            row["que_last_modified_null_safe_date"] = japan_time(now)


def _tidy(company: Company) -> None:
    """Drop what is finished from the waiting entries, and old files from memory."""
    done = [
        upload for upload in company.waiting if upload.is_listed and upload.status in ("2", "-1")
    ]
    for upload in done:
        company.waiting.remove(upload)
    if done:
        for upload in company.uploads[-_FILES_KEPT - len(done) : -_FILES_KEPT]:
            upload.csv = None if upload.status in ("2", "-1") else upload.csv
