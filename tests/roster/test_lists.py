"""Whole files: what communities really keep, read into drafts with every wrong row named."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.core.formulas import FORMULA_STARTS
from station.roster.handback import PROBLEM, to_csv, to_xlsx
from station.roster.problems import Doubt, FileError, FileTrouble, Problem, Trouble
from station.roster.rows import Draft, PeopleList, ReadRow, read_people
from tests.roster.lists import READING, Cell, Table, workbook

ID = "11010519491231002X"


def read(text: str | bytes, **changes: object) -> PeopleList:
    content = text.encode() if isinstance(text, str) else text
    return read_people(content, replace(READING, **changes))  # type: ignore[arg-type]


def drafts(people: PeopleList) -> list[Draft]:
    return [row.draft for row in people.rows if row.draft]


def houses(people: PeopleList) -> list[tuple[str, str]]:
    return [(draft.name, draft.house.name if draft.house else "") for draft in drafts(people)]


def troubles(row: ReadRow) -> list[Trouble | Doubt]:
    return [problem.what for problem in row.problems]


def refused(content: bytes) -> FileTrouble:
    with pytest.raises(FileError) as wrong:
        read(content)
    return wrong.value.what


LIST = "姓名,房号,类别,电话\n张小强,3-2-501,居民,13812345678\n李红,3-2-502,租户,\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_list_is_read_in_whatever_way_it_was_saved(encoding: str) -> None:
    assert houses(read(LIST.encode(encoding))) == [("张小强", "3-2-501"), ("李红", "3-2-502")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，", "|"])
def test_columns_are_parted_by_whatever_the_program_used(delimiter: str) -> None:
    assert houses(read(LIST.replace(",", delimiter))) == [("张小强", "3-2-501"), ("李红", "3-2-502")]


def test_titles_above_and_sums_below_are_no_people() -> None:
    titles = "翠苑一区住户登记表,,,\n网格员：王五 电话：88001234,,,\n\n"
    header = '序号,姓 名*,"房屋\n地址",手机号码（必填）\n'
    next_page = "序号,姓 名*,房号,手机\n3,李红,3-2-502,\n"
    foot = "合计：2人,,,\n填表人：王五,,,\n"
    people = read(f"{titles}{header}1,张小强,3-2-501,13812345678\n2,,,\n{next_page}{foot}")
    assert houses(people) == [("张小强", "3-2-501"), ("李红", "3-2-502")]
    assert all(not row.problems for row in people.rows)


def test_columns_may_be_called_as_people_call_them() -> None:
    people = read(
        "备注,联系方式,证件号码,人员性质,住户姓名,家庭住址,工种,监护人电话,健康码状态\n"
        f"独居,13812345678,{ID},业主,张小强,3幢2单元501,快递,,绿码\n"
    )
    (draft,) = drafts(people)
    assert (draft.name, draft.category, draft.note) == ("张小强", "resident", "独居")
    assert (draft.phones, draft.id_number, draft.birth) == (("13812345678",), ID, date(1949, 12, 31))
    assert (draft.occupation, draft.occupation_written) == ("courier", "快递")
    assert draft.colour
    assert draft.colour.value == "green"


def test_building_unit_and_room_may_stand_in_columns_of_their_own() -> None:
    assert houses(read("姓名,楼栋,单元,室\n张强,3栋,2,501\n李红,4,,102\n")) == [
        ("张强", "3-2-501"),
        ("李红", "4-102"),
    ]


def test_the_phone_of_the_guardian_is_not_the_childs() -> None:
    (draft,) = drafts(read("姓名,房号,监护人,监护人电话\n张小宝,3-2-501,张强,13812345678\n"))
    assert (draft.phones, draft.guardian) == ((), "张强")


def test_a_column_of_codes_may_hold_colours_instead() -> None:
    people = read("姓名,房号,健康码\n张强,1-1,绿码\n李红,1-2,https://kakou.invalid/1\n")
    assert [(draft.code, draft.colour is not None) for draft in drafts(people)] == [
        ("", True),
        ("https://kakou.invalid/1", False),
    ]


def test_a_test_result_has_its_time() -> None:
    (draft,) = drafts(read("姓名,房号,核酸结果,采样时间\n张强,1-1,24小时阴性,2022/4/1 8:00\n"))
    assert draft.test
    assert (draft.test.value, draft.test.as_of) == ("negative", datetime(2022, 4, 1, 0, 0, tzinfo=UTC))


# --- spreadsheets


def test_a_dwelling_merged_over_its_household_belongs_to_all_of_it() -> None:
    rows: Table = [
        ["", "", ""],
        ["房号", "姓名", "电话"],
        ["", "张强", 13812345678],
        ["", "李红", ""],
        ["3-2-502", "王五", ""],
    ]
    people = read(workbook(("一幢", rows, [(0, 0, 0, 2, "登记表"), (2, 0, 3, 0, "3-2-501")])))

    assert houses(people) == [("张强", "3-2-501"), ("李红", "3-2-501"), ("王五", "3-2-502")]
    assert drafts(people)[0].phones == ("13812345678",)
    assert [row.row.number for row in people.rows] == [3, 4, 5]


def test_a_header_of_two_lines_is_read() -> None:
    rows: Table = [
        ["", "", "", "", ""],
        ["", "楼栋", "单元", "室", "手机"],
        ["张强", 3, 2, 501, "13812345678"],
    ]
    merges = [(0, 0, 1, 0, "姓名"), (0, 1, 0, 3, "家庭住址")]
    assert houses(read(workbook(("s", rows, merges)))) == [("张强", "3-2-501")]


def test_a_header_of_two_lines_is_read_when_nothing_is_merged_any_more() -> None:
    people = read("姓名,家庭住址,,,联系方式\n,楼栋,单元,室,手机\n张强,3,2,501,13812345678\n")
    assert houses(people) == [("张强", "3-2-501")]
    assert drafts(people)[0].phones == ("13812345678",)


def test_every_sheet_that_is_a_list_is_read_and_the_others_are_left() -> None:
    header: list[Cell] = ["姓名", "房号"]
    content = workbook(
        ("1幢", [header, ["张强", "1-1-101"]], []),
        ("说明", [["请如实填写"]], []),
        ("2幢", [header, ["李红", "2-1-101"]], []),
    )
    people = read(content)
    assert houses(people) == [("张强", "1-1-101"), ("李红", "2-1-101")]
    assert [row.sheet for row in people.rows] == [0, 2]


def test_digits_that_excel_lost_are_handed_back_and_never_invented() -> None:
    rows: Table = [
        ["姓名", "房号", "身份证号", "手机"],
        ["张强", "1-1", 110105194912310020, ""],
        ["李红", "1-2", 110105491231002, ""],
        ["王五", datetime(2022, 3, 12), "", ""],  # noqa: DTZ001 - a cell has no zone
        ["赵六", "1-4", "", 13812345678],
    ]
    people = read(workbook(("s", rows, [])))
    assert [troubles(row) for row in people.rows] == [
        [Trouble.ID_LOST_DIGITS],
        [Trouble.ID_OLD_FORM],
        [Trouble.HOUSE_IS_DATE],
        [],
    ]


# --- what is wrong


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (",3-2-501,居民,,", Problem(Trouble.NAME_MISSING, "姓名")),
        ("13812345678,1-1,居民,,", Problem(Trouble.NAME_ODD, "姓名")),
        ("张强,,居民,,", Problem(Trouble.HOUSE_MISSING, "房号")),
        ("张强,1-1,,,", Problem(Trouble.CATEGORY_MISSING, "类别")),
        ("张强,1-1,外星人,,", Problem(Trouble.CATEGORY_UNKNOWN, "类别")),
        ("张强,1-1,居民,紫,", Problem(Trouble.COLOUR_UNKNOWN, "颜色")),
        ("张强,1-1,居民,绿,昨天", Problem(Trouble.TIME_WRONG, "颜色时间")),
        ("张强,1-1,居民,绿,2022-04-01 20:01", Problem(Trouble.TIME_IN_FUTURE, "颜色时间")),
    ],
)
def test_a_wrong_row_says_what_is_wrong_and_in_which_column(row: str, what: Problem) -> None:
    people = read(f"姓名,房号,类别,颜色,颜色时间\n{row}\n")
    assert [(one.draft, one.problems) for one in people.rows] == [(None, (what,))]


def test_everything_wrong_with_a_row_is_said_at_once() -> None:
    (row,) = read("姓名,房号,电话,身份证\n,,1,2\n").rows
    assert set(troubles(row)) == {
        Trouble.NAME_MISSING,
        Trouble.HOUSE_MISSING,
        Trouble.PHONE_WRONG,
        Trouble.ID_LENGTH,
    }


def test_a_courier_needs_no_house() -> None:
    assert houses(read("姓名,房号,类别\n张强,,快递员\n")) == [("张强", "")]


def test_merged_cells_that_were_saved_as_csv_are_filled_down_only_when_asked() -> None:
    text = "房号,姓名\n3-2-501,张强\n,李红\n"
    assert troubles(read(text).rows[1]) == [Trouble.HOUSE_MISSING]
    assert houses(read(text, fill_down=True)) == [("张强", "3-2-501"), ("李红", "3-2-501")]


def test_a_building_and_a_unit_that_were_merged_are_filled_down_each_by_itself() -> None:
    text = (
        "楼号,单元,室,姓名\n3,2,501,张强\n,,502,李红\n,,,李小红\n,3,101,王芳\n"
        "4,,101,赵一\n,,102,赵二\n3号楼1单元2室,,,,\n,,103室,赵三\n"
    )
    assert houses(read(text, fill_down=True)) == [
        ("张强", "3-2-501"),
        ("李红", "3-2-502"),
        ("李小红", "3-2-502"),
        ("王芳", "3-3-101"),
        ("赵一", "4-101"),
        ("赵二", "4-102"),
        ("赵三", "4-103"),
    ]


def test_an_empty_flat_at_the_top_of_a_building_still_says_which_building_it_is() -> None:
    text = "楼号,单元,房号,姓名\n3,2,501,张强\n4,1,101,\n,,102,李红\n合计,,2,\n,,103,王芳\n"
    assert houses(read(text, fill_down=True)) == [
        ("张强", "3-2-501"),
        ("李红", "4-1-102"),
        ("王芳", "4-1-103"),
    ]


def test_a_row_that_only_names_the_next_building_begins_it() -> None:
    text = (
        "楼号,单元,房号,姓名\n3栋,1,101,张强\n4号楼,,,\n,1,101,李红\n,,102,王芳\n"
        ",2单元,,\n,,301,赵一\n2,,,\n5栋合计,,,\n,,302,赵二\n"
    )
    assert houses(read(text, fill_down=True)) == [
        ("张强", "3-1-101"),
        ("李红", "4-1-101"),
        ("王芳", "4-1-102"),
        ("赵一", "4-2-301"),
        ("赵二", "4-2-302"),
    ]


@pytest.mark.parametrize("room", ["502", "502室", "五〇二室"])
def test_a_room_without_its_building_is_handed_back_and_no_dwelling_of_its_own(room: str) -> None:
    taken, without = read(f"楼号,单元,室,姓名\n3,2,501,张强\n,,{room},李红\n").rows
    assert taken.draft
    assert without.draft is None
    assert [(found.what, found.column) for found in without.problems] == [(Trouble.HOUSE_MISSING, "楼号")]

    first, filled = read(f"楼号,单元,室,姓名\n,,{room},李红\n3,2,501,张强\n", fill_down=True).rows
    assert first.draft is None  # nothing above says it
    assert filled.draft


def test_a_room_is_the_dwelling_where_no_row_names_a_building() -> None:
    assert houses(read("楼号,室,姓名\n,501,张强\n合计,1,\n")) == [("张强", "501")]


def test_a_whole_dwelling_in_one_cell_needs_no_building_beside_it() -> None:
    text = "楼号,单元,房号,姓名\n3,2,501,张强\n,,4-1-101,李红\n,,平房15号,王芳\n"
    for fill_down in (False, True):
        assert houses(read(text, fill_down=fill_down)) == [
            ("张强", "3-2-501"),
            ("李红", "4-1-101"),
            ("王芳", "平房-15"),
        ]


def test_what_is_only_doubtful_is_taken_as_it_is_written() -> None:
    (row,) = read("姓名,房号,职业\n张强,物业办公室,诗人\n").rows
    assert row.draft
    assert troubles(row) == [Doubt.HOUSE_ODD, Doubt.OCCUPATION_UNKNOWN]
    assert row.draft.occupation_written == "诗人"


def test_without_a_column_of_categories_all_are_what_was_said() -> None:
    (draft,) = drafts(read("姓名,房号\n张强,\n", category="courier"))
    assert (draft.category, draft.category_given) == ("courier", False)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", FileTrouble.EMPTY),
        ("姓名\n张强\n".encode(), FileTrouble.NO_HEADER),
        ("房号,类别\n1-1,居民\n".encode(), FileTrouble.NO_HEADER),
        (b"\xff\xff\xff", FileTrouble.ENCODING),
        ('姓名,房号\n"张强,1-1\n'.encode(), FileTrouble.QUOTES),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff\xff", FileTrouble.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), FileTrouble.DAMAGED),
    ],
)
def test_a_file_that_is_no_list_is_refused_as_a_whole(content: bytes, what: FileTrouble) -> None:
    assert refused(content) is what


def test_a_workbook_that_was_cut_off_is_refused() -> None:
    content = workbook(("s", [["姓名", "房号"], ["张强", "1-1"]], []))
    for length in range(4, len(content) - 1, 97):
        assert refused(content[:length]) in (FileTrouble.DAMAGED, FileTrouble.EMPTY)


@given(
    st.binary(max_size=80)
    | st.lists(
        st.lists(
            st.sampled_from(
                ["张强", "1-1", "居民", "绿", "", '"', "2022-13-01", "\0", "x" * 200, "\r", "'", "姓名"]
            ),
            max_size=8,
        ).map(",".join),
        max_size=6,
    ).map(lambda rows: ("姓名,房号,类别,健康码,颜色,颜色时间\n" + "\n".join(rows)).encode())
)
@settings(max_examples=200, deadline=None)
def test_any_file_gives_rows_or_a_reason_and_never_a_crash(content: bytes) -> None:
    try:
        people = read(content)
    except FileError:
        return
    assert all((row.draft is None) == any(one.serious for one in row.problems) for row in people.rows)


# --- handing back

WRONG = (
    f"序号,姓名,房号,身份证\n1,=cmd|'/c calc'!A1,3-2-501,{ID[:-1]}1\n2,@张强,,110105491231002\n3,李红,1-1,\n"
)


def words(problem: Problem) -> str:
    return f"{problem.column}: {problem.what}"


@pytest.mark.parametrize("write", [to_csv, to_xlsx])
def test_what_is_handed_back_can_be_corrected_and_read_again(write: object) -> None:
    people = read(WRONG)
    wrong = [row for row in people.rows if row.draft is None]
    content = to_csv(people, wrong, words) if write is to_csv else to_xlsx(people, wrong, words)
    again = read(content)

    assert [one.problems for one in again.rows] == [row.problems for row in wrong]
    assert again.headers[0]
    assert again.headers[0].titles[0] == PROBLEM


@pytest.mark.parametrize("sign", FORMULA_STARTS)
def test_wide_signs_are_signs_of_formulas_too(sign: str) -> None:
    people = read(f'姓名,房号,类别,备注\n张强,1-1,谁知道,"x{sign}1"\n'.encode())
    row = people.rows[0]
    turned = replace(row, row=replace(row.row, cells=(*row.row.cells[:3], f"{sign}1")))
    table = csv.reader(io.StringIO(to_csv(people, [turned], words).decode("utf-8-sig"), newline=""))

    assert list(table)[-1][-1] == f"'{sign}1"


def test_nothing_that_is_handed_back_runs_as_a_formula() -> None:
    people = read(WRONG)
    table = csv.reader(io.StringIO(to_csv(people, people.rows, words).decode("utf-8-sig"), newline=""))
    cells = [cell for row in table for cell in row]

    assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]
    assert "110105491231002\t" in cells  # or Excel makes 1.10E+14 of it
    assert b"<f>" not in to_xlsx(people, people.rows, words)


def test_names_of_people_are_in_no_repr() -> None:
    people = read(f"姓名,房号,身份证,电话,备注\n张小强,3-2-501,{ID},13812345678,独居老人\n")
    shown = repr(people.rows)
    assert not [text for text in ("张小强", "501", ID, "13812345678", "独居") if text in shown]


def test_a_room_beside_columns_of_building_and_unit_is_no_house_of_its_own() -> None:
    people = read("楼号,单元,房号,姓名\n3,2,501,张小强\n4,1,501室,李红\n5,,5-1-502,王芳\n,,9-1,赵玥\n")
    assert [house for _, house in houses(people)] == ["3-2-501", "4-1-501", "5-1-502", "9-1"]
