"""The control plane of the inbox."""

from datetime import datetime

from twins.clients.control import Control, Json


class MailControl(Control):
    """`base` is the inbox's address, such as http://127.0.0.1:9000/mail."""

    def messages(
        self, *, to: str | None = None, since: datetime | None = None, after: int | None = None
    ) -> list[Json]:
        """Return every arrival, oldest first; a message that arrived twice is there twice."""
        instant = since.isoformat() if since else None
        return list(self._ask("GET", "messages", to=to, since=instant, after=after)["messages"])
