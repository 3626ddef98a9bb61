"""Where the demo world's buyers are at home, by country."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HomeAddress:
    zip: str
    state: str
    city: str
    line1: str
    line2: str | None
    phone: str


ADDRESSES = {
    "JP": HomeAddress("107-0062", "東京都", "港区", "南青山5-1-1", "青山ビル 3F", "03-1234-5678"),
    "US": HomeAddress("11211", "NY", "Brooklyn", "184 Kent Avenue", None, "+1 718 555 0142"),
    "FR": HomeAddress("75003", "Paris", "Paris", "12 rue Charlot", None, "+33 1 55 55 01 42"),
}
