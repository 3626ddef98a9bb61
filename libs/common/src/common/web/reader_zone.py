"""The reader's time zone, which static/js/zone.js remembers in a cookie (D2)."""

from flask import has_request_context, request

from common.local_time import LocalTimeRefused, zone_of

COOKIE = "zone"
NOT_YET_KNOWN = "UTC"


def reader_zone() -> str:
    """Return the IANA zone that the reader's browser is in; UTC until its script has said."""
    name = request.cookies.get(COOKIE, "") if has_request_context() else ""
    try:
        return zone_of(name).key
    except LocalTimeRefused:
        return NOT_YET_KNOWN
