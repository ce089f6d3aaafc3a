"""Lists of residents as communities keep them in Excel."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from station.core.model import FactKind
from station.core.outcome import PersonLine
from station.journal.entries import Journal
from station.journal.people import Known, People
from station.journal.roster import ImportReport, RowError, import_csv
from tests.journal.samples import NOON

CHINA = timezone(timedelta(hours=8))

LIST = """姓名,房号,类别,健康码,颜色,颜色时间
张小强,3-2-501,居民,code-1,绿,2022-04-01 07:30
李红,3-2-502,租户,code-2,,
王强,1-1-101,快递员,,,
,,,,,
"""


@pytest.fixture
def people(journal: Journal) -> People:
    return People(journal)


def imported(text: str | bytes, people: People) -> ImportReport:
    content = text.encode() if isinstance(text, str) else text
    return import_csv(content, people, now=NOON, zone=CHINA)


def find(journal: Journal, code: str) -> Known | None:
    return People(journal).find_by_code(journal.vault.code_key(code))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_is_imported_in_whatever_way_it_was_saved(
    journal: Journal, people: People, encoding: str
) -> None:
    assert imported(LIST.encode(encoding), people) == ImportReport(3)

    known = find(journal, "code-1")
    assert known
    assert known.line == PersonLine("张*强", "3-2-501")
    assert [(fact.kind, fact.value, fact.as_of) for fact in known.facts] == [
        (FactKind.IDENTITY, "resident", NOON),
        (FactKind.COLOUR, "green", datetime(2022, 3, 31, 23, 30, tzinfo=UTC)),
    ]


def test_the_same_list_again_makes_nobody_twice(journal: Journal, people: People) -> None:
    imported(LIST, people)
    imported(LIST, people)

    assert journal.connection.execute("SELECT count(*) FROM person").fetchone() == (3,)


def test_a_second_row_of_a_person_adds_their_second_code(journal: Journal, people: People) -> None:
    imported("姓名,房号,类别,健康码\n张强,1-1,居民,one\n张强,1-1,居民,two\n", people)

    one, two = find(journal, "one"), find(journal, "two")
    assert one
    assert two
    assert one.person_id == two.person_id


def test_columns_may_stand_in_any_order_beside_others(journal: Journal, people: People) -> None:
    imported("备注,健康码,类别,房号,姓名\nx,code-1,resident,3-2-501,张小强\n", people)

    known = find(journal, "code-1")
    assert known
    assert known.line == PersonLine("张*强", "3-2-501")


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (",3-2-501,居民,code,,", "姓名: is empty"),
        ("张强,,居民,code,,", "房号: is empty"),
        ("张强,1-1,,code,,", "类别: is empty"),
        ("张强,1-1,外星人,code,,", "类别: must be one of 居民 租户 工作人员 快递员 志愿者 访客"),
        ("张强,1-1,居民,code,紫,", "颜色: must be one of 绿 黄 红"),
        ("张强,1-1,居民,code,绿,yesterday", "颜色时间: must look like 2022-04-01 07:30"),
        ("张强,1-1,居民,code,绿,2022-04-01 20:01", "颜色时间: lies in the future"),
        ("张强,1-1,居民,code-1,,", "健康码: belongs to another person already"),
    ],
)
def test_one_wrong_row_is_named_and_nobody_is_imported(
    journal: Journal, people: People, row: str, what: str
) -> None:
    assert imported(f"{LIST}{row}\n", people) == ImportReport(0, (RowError(6, what),))
    assert find(journal, "code-1") is None


def test_every_wrong_row_is_named_at_once(people: People) -> None:
    report = imported("姓名,房号,类别,健康码\n,1,居民,a\n张强,1,居民,b\n李红,,居民,c\n", people)

    assert [error.line for error in report.errors] == [2, 4]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "columns missing: 姓名, 房号, 类别, 健康码"),
        ("姓名,类别\n张强,居民\n".encode(), "columns missing: 房号, 健康码"),
        (b"\xff\xff\xff", "the file is neither UTF-8 nor GB18030"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff\xff", "the file is neither UTF-8 nor GB18030"),
    ],
)
def test_a_file_that_is_no_list_is_refused_as_a_whole(people: People, content: bytes, what: str) -> None:
    assert imported(content, people) == ImportReport(0, (RowError(0, what),))


def test_dates_with_slashes_as_excel_writes_them(journal: Journal, people: People) -> None:
    imported("姓名,房号,类别,健康码,颜色,颜色时间\n张强,1-1,居民,one,红,2022/04/01 08:00\n", people)

    known = find(journal, "one")
    assert known
    assert known.facts[1].as_of == datetime(2022, 4, 1, 0, 0, tzinfo=UTC)


def any_file() -> SearchStrategy[bytes]:
    cells = st.sampled_from(["张强", "1-1", "居民", "绿", "", '"', "2022-13-01", "\0", "x" * 200, "\r", "'"])
    table = st.lists(st.lists(cells, max_size=8).map(",".join), max_size=5).map("\n".join)
    return st.binary(max_size=60) | table.map(
        lambda rows: f"姓名,房号,类别,健康码,颜色,颜色时间\n{rows}".encode()
    )


def test_any_file_gives_a_report_and_never_a_crash(people: People) -> None:
    @given(any_file())
    @settings(deadline=None, max_examples=150)
    def try_file(content: bytes) -> None:
        report = imported(content, people)
        assert not (report.rows and report.errors)

    try_file()
