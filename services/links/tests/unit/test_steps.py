"""Summing what happened on a link, and the plot of it."""

from datetime import date
from itertools import product

from common.money import Money
from links.domain.plot import HEIGHT, plot_of
from links.domain.steps import Counted, Day, Step, sum_up

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def test_machines_are_the_openings_that_no_script_followed() -> None:
    rows = [Counted(MONDAY, Step.OPENED, "", 9), Counted(MONDAY, Step.SEEN, "", 4)]
    found = sum_up(rows, first=MONDAY, last=TUESDAY)
    assert (found.machines, found.people) == (5, 4)


def test_the_days_say_every_step_and_add_up_to_the_totals() -> None:
    rows = [
        Counted(day, step, "offline_login" if step is Step.SIGNED_IN else "", number)
        for number, (day, step) in enumerate(product((MONDAY, TUESDAY), Step), start=1)
        if step is not Step.ORDERED
    ]
    found = sum_up(rows, first=MONDAY, last=TUESDAY)
    for name in ("machines", "people", "passed", "browsed", "added", "ordered"):
        assert getattr(found, name) == sum(getattr(day, name) for day in found.days)
    assert found.signed_in == {"offline_login": 4 + 11}
    assert [day.signed_in for day in found.days] == [{"offline_login": 4}, {"offline_login": 11}]


def test_someone_who_comes_by_another_door_makes_no_negative_machines() -> None:
    rows = [Counted(MONDAY, Step.OPENED, "", 1), Counted(MONDAY, Step.SEEN, "", 3)]
    assert sum_up(rows, first=MONDAY, last=MONDAY).machines == 0


def test_orders_are_summed_for_each_currency_and_ways_for_each_way() -> None:
    rows = [
        Counted(MONDAY, Step.ORDERED, "JPY", 2, 30000),
        Counted(TUESDAY, Step.ORDERED, "JPY", 1, 500),
        Counted(TUESDAY, Step.ORDERED, "USD", 1, 1250),
        Counted(MONDAY, Step.SIGNED_IN, "offline_login", 3),
    ]
    found = sum_up(rows, first=MONDAY, last=TUESDAY)
    assert found.amounts == (Money(30500, "JPY"), Money(1250, "USD"))
    assert found.ordered == 4
    assert found.signed_in == {"offline_login": 3}
    assert [(day.day, day.ordered) for day in found.days] == [(MONDAY, 2), (TUESDAY, 2)]


def test_the_busiest_day_is_as_high_as_the_plot_and_little_can_still_be_seen() -> None:
    plot = plot_of([Day(day=MONDAY, people=1000, ordered=1), Day(day=TUESDAY)])
    busy, quiet = plot.bars
    assert (busy.seen_height, busy.ordered_height) == (HEIGHT, 2)
    assert (quiet.seen_height, quiet.ordered_height) == (0, 0)
    assert plot.highest == 1000
    assert quiet.x > busy.x
