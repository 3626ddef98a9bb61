"""Why a table file is not read."""

from common.errors import Invalid


class TableUnreadable(Invalid):
    """No table of ours: neither CSV nor Excel, too large, or without names of columns."""

    code = "file_unreadable"
