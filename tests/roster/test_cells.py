"""Single cells as people fill them in: houses, ID numbers, phones, names, times."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.roster import words
from station.roster.house import house_name, read_house, sort_key
from station.roster.id_number import check_character, read_id_number
from station.roster.phone import read_phones
from station.roster.problems import CellError, Trouble
from station.roster.text import clean, clean_name
from station.roster.times import read_date, read_moment

TODAY = date(2022, 4, 1)
CHINA = timezone(timedelta(hours=8))
NOON = datetime(2022, 4, 1, 4, 0, tzinfo=UTC)


# --- houses


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("3-2-501", "3-2-501"),
        ("3栋2单元501", "3-2-501"),
        ("3幢2单元501室", "3-2-501"),
        ("３－２－５０１", "3-2-501"),
        ("三幢二单元501室", "3-2-501"),
        ("3号楼2单元501", "3-2-501"),
        ("3#2-501", "3-2-501"),
        ("3#-2-501", "3-2-501"),
        ("3/2/501", "3-2-501"),
        (" 3 - 2 - 501 ", "3-2-501"),
        ("03-02-0501", "3-2-501"),
        ("3—2—501", "3-2-501"),
        ("十二栋1203", "12-1203"),
        ("一百零三幢二〇三室", "103-203"),
        ("3-501", "3-501"),
        ("A座1203", "A-1203"),
        ("a座1203室", "A-1203"),
        ("3栋501A", "3-501-A"),
        ("平房15号", "平房-15"),
        ("东区3幢2单元501", "东区-3-2-501"),
        ("翠苑三区5幢1单元301室", "翠苑三区-5-1-301"),
        ("物业办公室", "物业办公室"),
        ("", ""),
    ],
)
def test_a_house_is_the_same_however_it_is_written(written: str, name: str) -> None:
    assert house_name(written) == name


@pytest.mark.parametrize("written", ["2022-03-12", "2022-03-12 00:00", "3月12日"])
def test_a_house_that_excel_made_a_date_is_handed_back(written: str) -> None:
    with pytest.raises(CellError) as wrong:
        read_house(written)
    assert wrong.value.what is Trouble.HOUSE_IS_DATE


@given(st.text())
@settings(deadline=None)  # other programs may have the processor
def test_any_text_is_some_house_and_its_name_stays_what_it_is(text: str) -> None:
    name = house_name(text)
    assert house_name(name) == name


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=4), st.sampled_from("-－/#—"))
def test_numbers_with_any_separator_are_those_numbers(parts: list[int], separator: str) -> None:
    assert house_name(separator.join(map(str, parts))) == "-".join(map(str, parts))


@given(st.from_regex(r"[0-9]{0,4}(-[0-9]{0,3}){0,3}", fullmatch=True))
def test_a_house_that_is_named_already_is_named_as_if_it_were_read(text: str) -> None:
    try:
        read = read_house(text).name or text
    except CellError:
        read = text
    assert house_name(text) == read


def test_houses_stand_in_the_order_of_numbers() -> None:
    names = ["10-1-101", "2-1-101", "2-1-1001", "平房-3"]
    assert sorted(names, key=lambda name: sort_key(tuple(name.split("-")))) == [
        "2-1-101",
        "2-1-1001",
        "10-1-101",
        "平房-3",
    ]


# --- ID numbers


@pytest.mark.parametrize(
    ("written", "birth"),
    [
        ("11010519491231002X", date(1949, 12, 31)),  # the example of GB 11643-1999, annex A
        ("11010519491231002x", date(1949, 12, 31)),
        ("１１０１０５１９４９１２３１００２Ｘ", date(1949, 12, 31)),
        ("110105 19491231 002X", date(1949, 12, 31)),
        ("'11010519491231002X", date(1949, 12, 31)),
        ("E12345678", None),  # a passport
        ("H1234567802", None),  # a permit of Hong Kong
        ("01234567", None),  # a permit of Taiwan
    ],
)
def test_a_number_that_can_be_right_is_taken(written: str, birth: date | None) -> None:
    assert read_id_number(written, TODAY).birth == birth


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("110105194912310021", Trouble.ID_CHECK),
        ("110105194912310023", Trouble.ID_CHECK),
        ("110105194902310020", Trouble.ID_DATE),
        ("110105209912310020", Trouble.ID_DATE),
        ("440524188001010014", Trouble.ID_DATE),  # the standard's other example is of 1880
        ("990105194912310020", Trouble.ID_CHECK),
        ("100105194912310020", Trouble.ID_REGION),
        ("110105491231002", Trouble.ID_OLD_FORM),
        ("1.10105E+17", Trouble.ID_LOST_DIGITS),
        ("1.1010519491231E17", Trouble.ID_LOST_DIGITS),
        ("110105194912310000.0", Trouble.ID_LOST_DIGITS),
        ("11010519491231002", Trouble.ID_LENGTH),
        ("1101051949123100", Trouble.ID_LENGTH),
        ("12", Trouble.ID_LENGTH),
        ("19491231", Trouble.ID_LENGTH),  # a birth date
        ("110105194912310X20", Trouble.ID_LENGTH),
        ("不知道", Trouble.ID_LENGTH),
    ],
)
def test_what_is_wrong_with_a_number_is_named(written: str, what: Trouble) -> None:
    with pytest.raises(CellError) as wrong:
        read_id_number(written, TODAY)
    assert wrong.value.what is what


@given(st.integers(0, 16), st.integers(1, 9))
@settings(deadline=None)  # other programs may have the processor
def test_any_single_wrong_digit_is_found(place: int, by: int) -> None:
    number = "11010519491231002X"
    wrong = f"{number[:place]}{(int(number[place]) + by) % 10}{number[place + 1 :]}"
    with pytest.raises(CellError):
        read_id_number(wrong, TODAY)


@given(st.integers(0, 16))
@settings(deadline=None)  # other programs may have the processor
def test_two_neighbouring_digits_in_the_wrong_order_are_found(place: int) -> None:
    number = "11010519491231002X"
    wrong = f"{number[:place]}{number[place + 1]}{number[place]}{number[place + 2 :]}"
    if wrong != number:
        with pytest.raises(CellError):
            read_id_number(wrong, TODAY)


def test_the_check_character_can_be_each_of_eleven() -> None:
    found = {check_character(f"11010519491231{order:03}") for order in range(100)}
    assert found == set("0123456789X")


# --- phones


@pytest.mark.parametrize(
    ("written", "phones"),
    [
        ("13812345678", ("13812345678",)),
        ("１３８１２３４５６７８", ("13812345678",)),
        ("138 1234 5678", ("13812345678",)),
        ("138-1234-5678", ("13812345678",)),
        ("+86 13812345678", ("13812345678",)),
        ("008613812345678", ("13812345678",)),
        ("8613812345678", ("13812345678",)),
        ("13812345678/13912345678", ("13812345678", "13912345678")),
        ("13812345678、13812345678", ("13812345678",)),
        ("13812345678 13912345678", ("13812345678", "13912345678")),
        ("13812345678\n0571-88001234", ("13812345678", "057188001234")),
        ("女儿13812345678", ("13812345678",)),
        ("88001234", ("88001234",)),
        ("+1 212 555 0100", ("+12125550100",)),
        ("", ()),
    ],
)
def test_phones_as_people_write_them(written: str, phones: tuple[str, ...]) -> None:
    assert read_phones(written) == phones


@pytest.mark.parametrize("written", ["1381234567", "138123456789", "1.38123E+10", "12345", "无"])
def test_what_is_no_phone_is_handed_back(written: str) -> None:
    with pytest.raises(CellError) as wrong:
        read_phones(written)
    assert wrong.value.what is Trouble.PHONE_WRONG


# --- names, words, times


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张　三", "张三"),
        (" 张三\u200b", "张三"),
        ("买买提•艾力", "买买提·艾力"),
        ("John  Smith", "John Smith"),
        ('="张三"', "张三"),
    ],
)
def test_a_name_has_one_spelling(written: str, name: str) -> None:
    assert clean_name(written) == name


def test_cleaning_twice_changes_nothing_more() -> None:
    for text in ("１２３", "'0571", "a\u00a0b", "x\ty"):
        assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("业主", "resident"),
        ("租户(二房东)", "tenant"),
        ("骑手", "courier"),
        ("保安", "staff"),
        ("外星人", None),
    ],
)
def test_categories_have_many_names(said: str, word: str | None) -> None:
    assert words.category(said) == word


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ("快递员", "courier"),
        ("货车司机", "driver"),
        ("冷链司机", "cold_chain"),
        ("建筑工人", "construction"),
        ("退休", "none"),
        ("无", "none"),
        ("诗人", None),
    ],
)
def test_occupations_belong_to_groups(said: str, group: str | None) -> None:
    assert words.occupation(said) == group


@pytest.mark.parametrize(
    "written",
    ["2022-04-01 07:30", "2022/4/1 7:30", "2022年4月1日7时30分", "2022.04.01 07:30:00", "20220401 7:30"],
)
def test_times_are_of_the_gates_zone(written: str) -> None:
    assert read_moment(written, CHINA, NOON) == datetime(2022, 3, 31, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("昨天", Trouble.TIME_WRONG),
        ("2022-13-01", Trouble.TIME_WRONG),
        ("0001-01-01", Trouble.TIME_WRONG),
        ("2022-04-01 25:00", Trouble.TIME_WRONG),
        ("2022-04-01 12:01", Trouble.TIME_IN_FUTURE),
    ],
)
def test_a_time_that_cannot_be_is_handed_back(written: str, what: Trouble) -> None:
    with pytest.raises(CellError) as wrong:
        read_moment(written, CHINA, NOON)
    assert wrong.value.what is what


def test_a_month_alone_is_no_birth_date() -> None:
    assert read_date("1990年1月31日") == date(1990, 1, 31)
    with pytest.raises(CellError):
        read_date("1990年1月")


@given(st.text())
@settings(deadline=None)  # other programs may have the processor
def test_whatever_stands_in_a_cell_is_read_or_handed_back(text: str) -> None:
    for read in (
        lambda: read_phones(text),
        lambda: read_id_number(text, TODAY),
        lambda: read_house(text),
        lambda: read_moment(clean(text), CHINA, NOON),
        lambda: read_date(clean(text)),
    ):
        try:
            read()
        except CellError as error:
            assert text not in str(error) or len(text) < 3  # noqa: PT017 - nothing personal in an error
