"""Lists of people: the same person however they are written, and nobody for somebody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest

from center.people_lists import KnownPeople, Plan, make_plan
from station.roster.id_number import check_character
from station.roster.problems import Doubt, Trouble
from station.roster.rows import Reading, read_people
from station.sync.items import PersonItem, shared_key

KEY = bytes(range(32))
NOW = datetime(2022, 4, 15, 5, 20, tzinfo=UTC)
HEADER = "姓名,房号,手机,身份证,健康码,类别,监护人,颜色\n"
ONE, OTHER = "330106199001011234", "330106195001012456"


def with_check(number: str) -> str:
    return number[:17] + check_character(number[:17])


def plan(rows: str, known: KnownPeople | None = None) -> Plan:
    reading = Reading(NOW, timezone(timedelta(hours=8)))
    return make_plan(read_people((HEADER + rows).encode(), reading).rows, known or KnownPeople(), KEY)


def daily(rows: str, header: str = "姓名,房号,颜色,颜色时间\n") -> Plan:
    reading = Reading(NOW, timezone(timedelta(hours=8)))
    return make_plan(read_people((header + rows).encode(), reading).rows, KnownPeople(), KEY)


def after(first: Plan) -> KnownPeople:
    """The people that a center has when this was imported."""
    known = KnownPeople()
    for one in first.people:
        known.add(one.id, one.person)
    return known


def test_a_house_written_otherwise_is_the_same_person() -> None:
    first = plan("张三,3-2-501,,,,居民,,\n")
    second = plan("张三,3栋2单元501室,,,,居民,,\n", after(first))

    assert second.people[0].id == first.people[0].id
    assert second.people[0].change == "same"


def test_what_a_row_does_not_say_stays() -> None:
    first = plan("张三,3-2-501,13800001111,,CODE-1,租户,,\n")
    second = plan("张三,3-2-501,,,CODE-2,租户,,\n", after(first))
    (person,) = (planned.person for planned in second.people)

    assert person.phones == ("13800001111",)
    assert person.codes == tuple(shared_key(KEY, "code", code) for code in ("CODE-1", "CODE-2"))
    assert second.people[0].change == "changed"


def test_who_was_on_the_list_under_another_id_stays_so_when_a_list_tells_more_of_them() -> None:
    first, known = plan("张三,3-2-501,13800001111,,CODE-1,租户,,\n"), KnownPeople()
    known.add(
        first.people[0].id, msgspec.structs.replace(first.people[0].person, former=("gone",), went_by=("k",))
    )

    (same,) = plan("张三,3-2-501,13800001111,,CODE-1,租户,,\n", known).people
    (changed,) = plan("张三,3-2-501,13800002222,,CODE-1,租户,,\n", known).people

    assert (same.change, same.person.former) == ("same", ("gone",))
    assert (changed.change, changed.person.former) == ("changed", ("gone",))


def test_who_moved_is_known_by_the_id_number() -> None:
    first = plan(f"张三,3-2-501,,{with_check(ONE)},,居民,,\n")
    second = plan(f"张三,9-1-101,,{with_check(ONE)},,居民,,\n", after(first))

    assert second.people[0].id == first.people[0].id
    assert second.people[0].person.dwelling == "9-1-101"
    assert shared_key(KEY, "resident", "张三\0003-2-501") not in second.people[0].person.keys


def test_father_and_son_of_one_name_in_one_house_are_two() -> None:
    both = plan(f"张三,3-2-501,,{with_check(ONE)},,居民,,\n张三,3-2-501,,{with_check(OTHER)},,居民,,\n")

    assert both.count("new") == 2
    assert plan(f"张三,3-2-501,,{with_check(OTHER)},,居民,,\n", after(both)).count("same") == 1


def test_an_id_number_that_comes_later_makes_nobody_new() -> None:
    first = plan("张三,3-2-501,,,,居民,,\n")
    second = plan(f"张三,3-2-501,,{with_check(ONE)},,居民,,\n", after(first))

    assert second.people[0].id == first.people[0].id
    assert len(second.people[0].person.keys) == 2


def test_couriers_of_one_name_are_told_apart_by_phone() -> None:
    couriers = plan("李四,,13800001111,,,快递,,\n李四,,13800002222,,,快递,,\n")

    assert couriers.count("new") == 2
    assert not any(planned.person.keys for planned in couriers.people)  # a name alone is nobody's key
    assert plan("李四,,13800002222,,,快递,,\n", after(couriers)).count("same") == 1


def test_a_row_twice_counts_once_and_one_that_contradicts_is_wrong() -> None:
    rows = "张三,3-2-501,,,,居民,,\n张三,3-2-501,,,,居民,,\n张三,3-2-501,13800001111,,,居民,,\n"
    found = plan(rows)

    assert len(found.people) == 1
    assert [problem.what for row in found.doubtful for problem in row.problems] == [Doubt.REPEATED]
    (wrong,) = found.wrong
    assert [(problem.what, problem.row) for problem in wrong.problems] == [(Trouble.CONTRADICTS_ROW, 2)]


def test_a_code_of_somebody_else_is_not_given_away() -> None:
    first = plan("张三,3-2-501,,,CODE-1,居民,,\n")
    (wrong,) = plan("李四,3-2-502,,,CODE-1,居民,,\n", after(first)).wrong

    assert [problem.what for problem in wrong.problems] == [Trouble.CODE_TAKEN]


def test_a_guardian_in_the_same_house_is_found_wherever_they_stand() -> None:
    family = plan("王小明,3-2-501,,,,居民,张三,\n张三,3-2-501,,,,居民,,\n")
    child, guardian = family.people

    assert child.person.guardians == (guardian.id,)


def test_who_is_not_in_the_file_is_named() -> None:
    first = plan("张三,3-2-501,,,,居民,,\n李四,3-2-502,,,,居民,,\n")

    gone = plan("张三,3-2-501,,,,居民,,\n", after(first)).gone
    assert gone == (first.people[1].id,)


def test_colours_go_out_as_facts() -> None:
    (item,) = plan("张三,3-2-501,,,,居民,,红\n").fact_items()

    assert item[1].endswith(":colour")


@pytest.mark.parametrize("days", [(13, 14), (14, 13)])
def test_of_several_days_in_one_list_the_newest_colour_counts_in_any_order(
    days: tuple[int, int],
) -> None:
    colours = {13: "绿", 14: "红"}
    rows = "".join(f"张三,3-2-501,{colours[day]},2022-04-{day} 08:00\n" for day in days)
    found = daily(rows)

    assert [(fact.kind, fact.value) for one in found.people for fact in one.facts] == [("colour", "red")]
    assert not found.doubtful


def test_of_two_colours_of_one_moment_in_one_list_the_worse_counts() -> None:
    for colours in ("红绿", "绿红", "黄红", "红黄"):
        rows = "".join(f"张三,3-2-501,{colour},2022-04-14 08:00\n" for colour in colours)
        (one,) = daily(rows).people
        assert [fact.value for fact in one.facts] == ["red"], colours


def test_a_positive_of_yesterday_counts_beside_the_sample_of_today_in_one_list() -> None:
    header = "姓名,房号,核酸,采样时间\n"
    rows = ["张三,3-2-501,阳性,2022-04-13 08:00\n", "张三,3-2-501,未出,2022-04-14 08:00\n"]
    for some in (rows, rows[::-1]):
        (one,) = daily("".join(some), header).people
        assert [fact.value for fact in one.facts] == ["positive"]


def test_names_are_not_in_a_repr() -> None:
    found = plan("张三,3-2-501,13800001111,,CODE-1,居民,,\n")

    assert "张三" not in repr(found) + repr(found.people) + repr(after(found))
    assert "1380000" not in repr(found.people)
    assert isinstance(found.people[0].person, PersonItem)
