from datetime import UTC, datetime, timedelta

import pytest

from identity.domain.transition import Outcome, Ownership, outcome_of

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)
OFFLINE = Ownership(is_offline=True, was_moved=False, undone_at=None)
UNDONE = Ownership(is_offline=True, was_moved=True, undone_at=NOON)


class TestOutcomeOf:
    @pytest.mark.rule("R156", "R159", "R161")
    def test_only_an_offline_buyer_on_a_link_that_says_so_is_moved(self) -> None:
        own = Ownership(is_offline=False, was_moved=False, undone_at=None)
        assert outcome_of(OFFLINE, is_asked_for=True, submitted_at=NOON) is Outcome.MOVED
        assert outcome_of(OFFLINE, is_asked_for=False, submitted_at=NOON) is Outcome.NOT_ASKED_FOR
        assert outcome_of(own, is_asked_for=True, submitted_at=NOON) is Outcome.NOT_OFFLINE
        assert outcome_of(own, is_asked_for=False, submitted_at=NOON) is Outcome.NOT_ASKED_FOR

    @pytest.mark.rule("R164")
    def test_what_a_transition_moved_is_not_moved_again(self) -> None:
        moved = Ownership(is_offline=False, was_moved=True, undone_at=None)
        assert outcome_of(moved, is_asked_for=True, submitted_at=NOON) is Outcome.ALREADY_MOVED

    @pytest.mark.rule("R204")
    @pytest.mark.parametrize(
        ("seconds", "outcome"),
        [(-1, Outcome.ALREADY_MOVED), (0, Outcome.ALREADY_MOVED), (1, Outcome.MOVED)],
    )
    def test_after_an_undo_only_later_orders_move(self, seconds: int, outcome: Outcome) -> None:
        at = NOON + timedelta(seconds=seconds)
        assert outcome_of(UNDONE, is_asked_for=True, submitted_at=at) is outcome
