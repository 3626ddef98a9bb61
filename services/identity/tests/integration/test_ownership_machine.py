"""Any order of orders, claims, undoings, offers and toggles leaves each buyer with one owner."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from identity_game import Piece, Player, add_lea, set_up, user_id_of
from identity_mails import newest
from identity_orders import completed, deliver, outcome_of
from identity_truths import (
    check_orders,
    check_owner,
    check_receipts,
    check_walls,
    check_who_sees,
    organisation_of,
    readers,
)

from common.clock import utc_now
from common.ids import new_id
from devstack.world import cast

EXAMPLES = int(os.environ.get("OWNERSHIP_EXAMPLES", "10"))
"""`make prove` plays 200."""
PHASES = [Phase.generate, *([Phase.shrink] if EXAMPLES >= 100 else [])]
"""Making a failure smaller takes minutes; whoever plays many has them."""
SECRET = "Fresh-Start-2027!"
FORM = "/signin"
"""A small page, opened for the token that every form is sent with."""
WHICH = st.integers(0, 1)
TOGGLE = st.booleans()
PICK = st.integers(0, 11)
"""Which one of what is there then. How many there are may depend on who was first of two at once, and
what Hypothesis draws may not: whoever finds nothing to take does nothing."""
Found = TypeVar("Found")
Order = tuple[Piece, dict[str, Any], bool, int]
"""The buyer, the event that completes it, the toggle, and the turn in which it was placed."""


class Ownership(RuleBasedStateMachine):
    """Plays against the service; `Piece` says what each buyer has to be after each move."""

    house: Any
    ask: Callable[..., Any]
    newcomer: Callable[..., Any]
    owner: Any
    readers: Any
    kenji: Any

    @initialize(with_login=st.tuples(TOGGLE, TOGGLE))
    def begin(self, with_login: tuple[bool, bool]) -> None:
        self.turn = self.looks = 0
        self.pieces = set_up(self.house, with_login)
        self.on_the_way: list[Order] = []
        self.arrived: list[Order] = []
        self.players = [
            Player(cast.KENJI.email, cast.KENJI.id, self.kenji, set(cast.KENJI.organisation_ids))
        ]

    # Orders.

    @rule(which=WHICH, toggle=TOGGLE)
    def place(self, which: int, toggle: bool) -> None:
        """An order is placed; its event takes its time."""
        piece = self.pieces[which]
        self.turn += 1
        event = completed(piece.buyer, transition=toggle, at=utc_now())
        self.on_the_way.append((piece, event, toggle, self.turn))

    @rule(which=WHICH, toggle=TOGGLE)
    def order(self, which: int, toggle: bool) -> None:
        self.place(which, toggle)
        self._arrive(self.on_the_way.pop())

    @precondition(lambda self: self.on_the_way)
    @rule(data=st.data())
    def arrive_late(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(0, len(self.on_the_way) - 1))
        self._arrive(self.on_the_way.pop(number))

    @rule(which=WHICH, toggles=st.lists(TOGGLE, min_size=2, max_size=4))
    def orders_at_once(self, which: int, toggles: list[bool]) -> None:
        for toggle in toggles:
            self.place(which, toggle)
        orders = [self.on_the_way.pop() for _ in toggles]
        at_once(*(lambda event=event: self._deliver(event) for _, event, _, _ in orders))
        found = [str(outcome_of(self.house.database, event)) for _, event, _, _ in orders]
        # Who is first moves it; everybody else's outcome follows from that.
        for _, order in sorted(
            zip(found, orders, strict=True), key=lambda pair: pair[0] != "moved"
        ):
            self._expect(order)

    @rule(pick=PICK, is_new_event=st.booleans())
    def repeat(self, pick: int, is_new_event: bool) -> None:
        """The same order is told once more, by the same event or another."""
        for _, event, _, _ in picked(pick, self.arrived):
            self._deliver(event | ({"id": str(new_id())} if is_new_event else {}))

    # What the brand does.

    @rule(which=WHICH)
    def undo(self, which: int) -> None:
        piece = self.pieces[which]
        self._undo(piece)
        self._expect_undone(piece)

    @rule(which=WHICH, to=st.sampled_from(["same", "new", "known"]))
    def send_claim_again(self, which: int, to: str) -> None:
        piece, page = self.pieces[which], f"/buyers/{self.pieces[which].buyer.id}"
        email = {"same": "", "new": f"{new_id().hex}@shop.example"}.get(to, self.players[-1].email)
        reply = self.owner.send(f"{page}/claims", on=FORM, email=email)
        assert reply.status_code == (404 if piece.is_deleted else 302)
        if piece.home is not None and not piece.is_claimed:
            piece.bury()
            self._expect_claim(piece, email or None)

    @rule(which=WHICH)
    def offer(self, which: int) -> None:
        piece, page = self.pieces[which], f"/buyers/{self.pieces[which].buyer.id}"
        reply = self.owner.send(f"{page}/invitation", on=FORM, email="whoever@shop.example")
        assert reply.status_code == (404 if piece.is_deleted else 302)
        if piece.home is None and not piece.is_deleted:
            if piece.offer:
                piece.dead.append(piece.offer)
            piece.offer = str(newest(self.house, self.ask, "invitation")["path"])

    @precondition(lambda self: self.on_the_way)
    @rule()
    def delete_while_an_order_is_on_its_way(self) -> None:
        piece = self.on_the_way[-1][0]
        page = f"/buyers/{piece.buyer.id}"
        self.owner.send(f"{page}/deletion", on=FORM)
        if piece.home is None and not piece.outcomes and not piece.offer and not piece.was_moved:
            piece.is_deleted = True

    @rule(which=WHICH)
    def the_other_brand_tries(self, which: int) -> None:
        piece = self.pieces[which]
        [staff] = [who for brand, who in self.readers.items() if brand is not piece.buyer.brand]
        page = f"/buyers/{piece.buyer.id}"
        for path in ("undoing", "claims", "invitation", "deletion"):
            reply = staff.send(f"{page}/{path}", on=FORM, email="mine@soleil.example")
            assert reply.status_code == 404

    # What customers do.

    @rule(pick=PICK, home=PICK)
    def claim(self, pick: int, home: int) -> None:
        if (found := self._pick_claim(pick, home)) is None:
            return
        piece, (who, fields) = found
        assert who.person.send(self._path(piece), on=FORM, **fields).status_code in {302, 303}
        self._expect_claimed(piece, who, fields)

    @rule(pick=PICK, home=PICK)
    def claim_and_undo_at_once(self, pick: int, home: int) -> None:
        if (found := self._pick_claim(pick, home)) is None:
            return
        piece, (who, fields) = found
        path = self._path(piece)
        claimed, _ = at_once(
            lambda: who.person.send(path, on=FORM, **fields).status_code, lambda: self._undo(piece)
        )
        if claimed in {302, 303}:
            self._expect_claimed(piece, who, fields)
        else:
            assert claimed == 410
            self._expect_undone(piece)

    @rule(pick=PICK, home=PICK, toggle=TOGGLE)
    def claim_and_order_at_once(self, pick: int, home: int, toggle: bool) -> None:
        if (found := self._pick_claim(pick, home)) is None:
            return
        piece, (who, fields) = found
        path = self._path(piece)
        self.place(self.pieces.index(piece), toggle)
        order = self.on_the_way.pop()
        claimed, _ = at_once(
            lambda: who.person.send(path, on=FORM, **fields).status_code,
            lambda: self._deliver(order[1]),
        )
        assert claimed in {302, 303}
        self._expect(order)
        self._expect_claimed(piece, who, fields)

    @rule(picks=st.tuples(PICK, PICK, PICK), with_order=st.booleans())
    def accept(self, picks: tuple[int, int, int], with_order: bool) -> None:
        """A customer takes the offer, perhaps at the moment in which an order moves the buyer."""
        for piece in picked(picks[0], [piece for piece in self.pieces if can_be_taken(piece)]):
            if not piece.offer:
                self.offer(self.pieces.index(piece))
            [who] = picked(picks[1], self.players)
            [home] = picked(picks[2], sorted(who.homes))
            self._accept(piece, who, home, with_order=with_order)

    def _accept(self, piece: Piece, who: Player, home: Any, *, with_order: bool) -> None:
        path = str(piece.offer)
        if with_order:
            self.place(self.pieces.index(piece), True)
        orders = [self.on_the_way.pop()] if with_order else []
        was_free = piece.home is None
        reply, *_ = at_once(
            lambda: who.person.send(path, on=FORM, home=str(home)),
            *(lambda event=event: self._deliver(event) for _, event, _, _ in orders),
        )
        if reply.status_code == 303:
            assert was_free
            self._expect_connected(piece, who, home)
        for order in orders:
            self._expect(order)
        if reply.status_code != 303:
            assert reply.status_code == 409
            assert piece.home is not None

    @rule(pick=PICK)
    def somebody_elses_account_claims(self, pick: int) -> None:
        for piece in picked(pick, [piece for piece in self.pieces if piece.claim]):
            others = [who for who in self.players if who.email != piece.claim[1]]
            if others and any(who.email == piece.claim[1] for who in self.players):
                reply = others[0].person.send(self._path(piece), on=FORM, home="keep")
                assert reply.status_code == 422

    # What is true after each step.

    @invariant()
    def each_has_one_owner_and_every_order_its_outcome(self) -> None:
        for piece in self.pieces:
            check_owner(self.house, piece)
            check_orders(self.house, piece)
            check_receipts(self.house, piece)

    @invariant()
    def nobody_reads_what_is_another_s(self) -> None:
        self.looks += 1
        player = self.players[self.looks % len(self.players)]
        check_who_sees(self.ask, self.pieces, player, turn=self.looks)
        brand = cast.BRANDS[self.looks % 2]
        check_walls(self.ask, self.pieces, brand, self.readers[brand], turn=self.looks // 2)

    @invariant()
    def what_is_over_opens_nothing(self) -> None:
        for path in [path for piece in self.pieces for path in piece.dead][-2:]:
            assert self.kenji.open(path).status_code == 410

    # What has to follow.

    def _arrive(self, order: Order) -> None:
        self._deliver(order[1])
        self._expect(order)

    def _deliver(self, event: dict[str, Any]) -> None:
        deliver(self.house.database, event)

    def _expect(self, order: Order) -> None:
        piece, event, toggle, turn = order
        outcome = piece.outcome_of(transition=toggle, turn=turn)
        piece.outcomes[event["payload"]["order_id"]] = outcome
        self.arrived.append(order)
        if outcome == "moved":
            piece.home, piece.was_moved = organisation_of(self.house, piece), True
            assert piece.home not in {home for who in self.players for home in who.homes}
            self._expect_claim(piece, None)

    def _expect_claim(self, piece: Piece, email: str | None) -> None:
        address = email or piece.buyer.login_email or piece.buyer.contact_email
        if address:
            piece.claim = str(newest(self.house, self.ask, "claim")["path"]), address

    def _undo(self, piece: Piece) -> Any:
        page = f"/buyers/{piece.buyer.id}"
        return self.owner.send(f"{page}/undoing", on=FORM)

    def _expect_undone(self, piece: Piece) -> None:
        if piece.home is not None and not piece.is_claimed:
            piece.home, piece.undone_at = None, self.turn
            piece.bury()

    def _path(self, piece: Piece) -> str:
        assert piece.claim is not None
        return piece.claim[0]

    def _pick_claim(
        self, pick: int, home: int
    ) -> tuple[Piece, tuple[Player, dict[str, str]]] | None:
        """Return an open claim, if there is one; its address has an account, or makes one."""
        found = picked(pick, [piece for piece in self.pieces if piece.claim])
        if not found:
            return None
        [piece] = found
        email = str(piece.claim[1] if piece.claim else "")
        known = [who for who in self.players if who.email == email]
        if known:
            [chosen] = picked(home, ["keep", *sorted(map(str, known[0].homes))])
            return piece, (known[0], {"home": chosen})
        stranger = Player(email, new_id(), self.newcomer(f"10.8.0.{len(self.players)}"))
        return piece, (stranger, {"name": f"Player {len(self.players)}", "password": SECRET})

    def _expect_claimed(self, piece: Piece, who: Player, fields: dict[str, str]) -> None:
        home = fields.get("home", "keep")
        if who not in self.players:
            who.user_id = user_id_of(self.house, who.email)
            self.players.append(who)
        if home == "keep":
            assert piece.home is not None
            who.homes.add(piece.home)
        else:
            piece.home = next(each for each in who.homes if str(each) == home)
        piece.is_claimed = True
        piece.receipts.append((who.email, "kept" if home == "keep" else "joined"))
        piece.bury()

    def _expect_connected(self, piece: Piece, who: Player, home: Any) -> None:
        piece.home, piece.is_claimed = home, True
        piece.receipts.append((who.email, "joined"))
        piece.dead.append(str(piece.offer))
        piece.offer = None


def can_be_taken(piece: Piece) -> bool:
    """Say whether somebody holds an offer of it, or could be given one."""
    return piece.offer is not None or (piece.home is None and not piece.is_deleted)


def picked(number: int, among: Sequence[Found]) -> Sequence[Found]:
    """Return one of them; none if there is none."""
    return [among[number % len(among)]] if among else []


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(len(calls)) as pool:
        return [each.result() for each in [pool.submit(call) for call in calls]]


@pytest.mark.timeout(60 + 10 * EXAMPLES)
@pytest.mark.rule("R156", "R157", "R158", "R159", "R161", "R163", "R164", "R167", "R203", "R204")
def test_whatever_is_done_each_buyer_has_one_owner(house: Any, newcomer: Any, ask: Any) -> None:
    add_lea(house)
    owner, kenji = newcomer("10.6.0.1"), newcomer("10.6.0.2")
    for person, who in ((owner, cast.OWNER), (kenji, cast.KENJI)):
        assert person.send("/signin", email=who.email, password=cast.PASSWORD).status_code == 302
    parts = {
        "house": house,
        "ask": staticmethod(ask),
        "newcomer": staticmethod(newcomer),
        "owner": owner,
        "readers": readers(newcomer),
        "kenji": kenji,
    }
    machine = type("Ownership", (Ownership,), parts)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=14,
            deadline=None,
            database=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )
