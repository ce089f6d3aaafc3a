"""Houses typed on a number pad, and lists of announced visitors, also those that are none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.roster.expected_list import Fault, FaultError, read_expected, read_row
from station.roster.house_digits import houses_like
from station.roster.problems import FileError

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)  # 10:00 at the gate
HOUSES = [
    ("3", "2", "501"),
    ("32", "501"),
    ("3", "2", "50"),
    ("12", "1", "101"),
    ("平房", "15"),
    ("B", "2", "7"),
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("32501", ["3-2-501", "32-501"]),
        ("3-2-501", ["3-2-501"]),
        ("3-2-0501", ["3-2-501"]),
        ("32-501", ["32-501"]),
        ("3250", ["3-2-50"]),
        ("121", ["12-1-101"]),
        ("15", ["平房-15"]),
        ("27", ["B-2-7"]),
        ("", []),
        ("-", []),
        ("999", []),
    ],
)
def test_digits_mean_these_houses(typed: str, meant: list[str]) -> None:
    assert houses_like(typed, HOUSES) == meant


@given(st.lists(st.tuples(*[st.integers(1, 99).map(str)] * 3), max_size=30, unique=True), st.data())
def test_every_house_is_found_by_its_digits_and_by_its_dashes(
    houses: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    for house in houses:
        assert houses_like("-".join(house), houses) == ["-".join(house)]
        assert "-".join(house) in houses_like("".join(house), houses, limit=99)
    typed = data.draw(st.text("0123456789-", max_size=30))
    found = houses_like(typed, houses)
    assert set(found) <= {"-".join(house) for house in houses}
    assert len(found) <= 8


def _row(**cells: str) -> dict[str, str]:
    return {"house": "3-2-501", "begins": "2026-11-22 14:00"} | cells


def test_row_without_an_end_lasts_until_the_end_of_that_day() -> None:
    row = read_row(_row(), ZONE, NOW)
    assert (row.begins.hour, row.ends) == (6, datetime(2026, 11, 22, 16, tzinfo=UTC))
    assert row.people == 1


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"house": ""}, Fault.NO_HOUSE),
        ({"house": "物业"}, Fault.NO_HOUSE),
        ({"house": "2022-03-12"}, Fault.NO_HOUSE),  # Excel made 3-12 a date
        ({"begins": "明天"}, Fault.NO_TIME),
        ({"begins": ""}, Fault.NO_TIME),
        ({"ends": "2026-11-22 13:00"}, Fault.OVER),
        ({"begins": "2026-11-21 08:00"}, Fault.OVER),
        ({"ends": "2027-11-22"}, Fault.TOO_LONG),
        ({"people": "0"}, Fault.PEOPLE),
        ({"people": "很多"}, Fault.PEOPLE),
        ({"people": "999"}, Fault.PEOPLE),
        ({"people": "٣"}, Fault.PEOPLE),
    ],
)
def test_row_that_cannot_be_taken_says_why(cells: dict[str, str], fault: Fault) -> None:
    with pytest.raises(FaultError) as refused:
        read_row(_row(**cells), ZONE, NOW)
    assert refused.value.fault is fault


def test_list_is_read_below_its_title_and_bad_rows_keep_their_numbers() -> None:
    good = "3栋2单元501,钱多多,1380000 5678,2026/11/23,,3人"
    text = f"访客名单\n门牌,访客,手机尾号,日期,到,几人\n{good}\n,周,,2026/11/23,,\n"
    found = read_expected(text.encode(), ZONE, NOW)
    (row,) = found.rows
    assert (row.house, row.name, row.phone_tail, row.people) == ("3-2-501", "钱多多", "5678", 3)
    assert found.faults == ((4, Fault.NO_HOUSE),)
    assert "钱多多" not in repr(found)


def test_file_without_such_columns_is_refused() -> None:
    with pytest.raises(FileError):
        read_expected("姓名,电话\n张三,138\n".encode(), ZONE, NOW)


@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda text: ("房号,从\n" + text).encode()))
def test_no_file_whatever_is_in_it_does_more_than_to_be_refused(content: bytes) -> None:
    try:
        found = read_expected(content, ZONE, NOW)
    except FileError:
        return
    assert all(row.begins < row.ends and row.house for row in found.rows)
