"""One customer of NEXT ENGINE: its people, shops, upload patterns, queue and slips."""

import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from twins.next_engine import fields as shapes
from twins.next_engine.tables import Table
from twins.next_engine.tokens import Sessions


@dataclass(kw_only=True)
class Person:
    """Somebody who can log in. Tokens belong to a person, not to the app."""

    uid: str
    pic_ne_id: str = "P_77"
    name: str = "担当 花子"
    kana: str = "タントウ ハナコ"
    mail_address: str = "ops@example.jp"


@dataclass(kw_only=True)
class Upload:
    """One accepted file, whether or not the caller ever saw the answer."""

    que_id: str
    shop_id: str
    pattern_id: str
    csv: bytes | None
    """None where the file could not be unpacked, and once the import is long over."""
    slip_numbers: tuple[str, ...]
    received_at: datetime
    arrived: float
    """The machine's clock, for the delays of the import."""
    status: str = "0"
    message: str = ""
    is_listed: bool = False
    answer_lost: bool = False


@dataclass(kw_only=True)
class Company:
    """Everything of one company. Whoever reads or changes it holds `lock`."""

    ne_id: str
    name: str
    kana: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    ids: Iterator[int]
    """Numbers for queue entries and slips: rising, also over a restart."""

    def __post_init__(self) -> None:
        self.lock = threading.RLock()
        self.sessions = Sessions(self.ne_id)
        self.shops = Table(shapes.SHOPS)
        self.patterns = Table(shapes.PATTERNS)
        self.conversions = Table(shapes.CONVERSIONS)
        self.forget_orders()

    def forget_orders(self) -> None:
        """Empty queue, slips and goods; logins stay, so a connected client stays connected."""
        self.goods: set[str] | None = None
        """The goods master; None takes every code as known."""
        self.queue = Table(shapes.QUEUE, indexed=("que_id",))
        self.slips = Table(
            shapes.SLIPS, indexed=("receive_order_id", "receive_order_shop_cut_form_id")
        )
        self.lines = Table(shapes.LINES, indexed=("receive_order_row_receive_order_id",))
        self.options = Table(shapes.OPTIONS, indexed=("receive_order_option_receive_order_id",))
        self.uploads: list[Upload] = []
        self.waiting: deque[Upload] = deque()

    def next_id(self) -> str:
        return str(next(self.ids))
