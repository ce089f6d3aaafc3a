"""A list goes into the roster as a whole or not at all, is shown before, and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest

from station.cli import main
from station.core.model import FactKind
from station.journal.batches import Batches, Relation, UndoRefusedError
from station.journal.entries import Journal
from station.journal.facts import Facts, News
from station.journal.importing import (
    ImportCancelledError,
    RosterChangedError,
    load,
    open_snapshot,
    prepare,
    snapshot,
    write,
)
from station.journal.people import People, Person
from station.journal.planning import Change, Plan, make_plan
from station.journal.proposals import Proposals
from station.roster.problems import Doubt, Trouble
from station.roster.rows import ReadRow, read_people
from tests.journal.samples import NOON, open_journal
from tests.roster.lists import READING

ID, OTHER_ID = "11010519491231002X", "110105194912310011"
LATER = NOON + timedelta(days=1)
LIST = f"""姓名,房号,类别,电话,身份证,健康码,监护人
张强,3栋2单元501,居民,13812345678,{ID},code-1,
李红,3-2-502,租户,,,code-2,
张小强,3-2-501,居民,,,,张强
王飞,,快递员,13900001111,,,
"""


@pytest.fixture
def people(journal: Journal) -> People:
    return People(journal)


def plan(journal: Journal, text: str) -> Plan:
    return load(journal, text.encode(), READING).plan


@pytest.mark.parametrize(
    ("header", "rows", "counts"),
    [
        ("颜色,颜色时间", ("红,2022-03-31 08:00", "绿,2022-03-30 08:00"), {"red"}),
        ("颜色,颜色时间", ("红,2022-03-31 08:00", "绿,2022-03-31 08:00"), {"red"}),
        ("颜色,颜色时间", ("红,2022-03-31 08:00", "黄,2022-03-31 08:00"), {"red"}),
        ("核酸,采样时间", ("阳性,2022-03-30 08:00", "未出,2022-03-31 08:00"), {"positive", "unknown"}),
        ("核酸,采样时间", ("阳性,2022-03-31 08:00", "阴性,2022-03-31 08:00"), {"positive"}),
    ],
)
def test_who_stands_in_a_list_twice_is_not_green_by_its_last_row(
    journal: Journal, header: str, rows: tuple[str, str], counts: set[str]
) -> None:
    for number, some in enumerate((rows, rows[::-1])):
        lines = "".join(f"张{'强明'[number]},3-2-501,{row}\n" for row in some)
        planned = plan(journal, f"姓名,房号,{header}\n{lines}")
        assert not planned.doubtful
        write(journal, prepare(journal.vault, planned), now=NOON, by="王阿姨", note="list.csv")
        told = Facts(journal).history("person", planned.people[0].person.id)
        assert {one.news.value for one in told if one.counts} == counts


def bring_in(journal: Journal, text: str) -> int:
    planned = plan(journal, text)
    assert not planned.wrong
    return write(journal, prepare(journal.vault, planned), now=NOON, by="王阿姨", note="residents.csv")


def changes(planned: Plan) -> list[tuple[str, Change, set[str]]]:
    return [(one.person.name, one.change, one.fields) for one in planned.people]


def troubles(rows: Iterable[ReadRow]) -> list[tuple[int, list[Trouble | Doubt], int]]:
    return [(row.row.number, [one.what for one in row.problems], row.problems[-1].row) for row in rows]


def everybody(people: People) -> list[Person]:
    return sorted(people.everybody(), key=lambda person: person.id)


def contents(journal: Journal) -> list[object]:
    """Everything about people, apart from who made it so and when."""
    return [
        everybody(People(journal)),
        *(
            sorted(journal.connection.execute(f"SELECT * FROM {table}").fetchall())
            for table in ("code", "person_key", "relation")
        ),
    ]


def test_a_list_becomes_people_with_codes_and_families(journal: Journal, people: People) -> None:
    bring_in(journal, LIST)

    known = people.find_by_code(journal.vault.code_key("code-1"))
    assert known
    father = people.person(known.person_id or "")
    assert father
    assert (father.name, father.dwelling, father.dwelling_written) == ("张强", "3-2-501", "3栋2单元501")
    (child,) = (person for person in everybody(people) if person.name == "张小强")
    assert people.who_speaks_for(child.id) == [Relation(child.id, "guardian", father.id)]
    assert set(people.household(child.id)) == {child.id, father.id}


def test_planning_writes_nothing(journal: Journal, people: People) -> None:
    before = journal.connection.total_changes
    assert plan(journal, LIST).count(Change.NEW) == 4
    assert journal.connection.total_changes == before


def test_the_same_list_again_changes_nobody(journal: Journal, people: People) -> None:
    bring_in(journal, LIST)
    before = contents(journal)
    planned = plan(journal, LIST)

    assert {change for _, change, _ in changes(planned)} == {Change.SAME}
    write(journal, prepare(journal.vault, planned), now=LATER)
    assert contents(journal) == before
    known = people.find_by_code(journal.vault.code_key("code-1"))
    assert known
    assert known.facts[0].as_of == LATER  # it was said again


def test_a_plan_says_who_is_new_and_which_fields_change(journal: Journal, people: People) -> None:
    bring_in(journal, LIST)
    newer = (
        f"姓名,房号,电话,身份证,健康码\n张强,5-1-101,13812345678,{ID},code-3\n李红,3-2-502,,,\n赵六,1-1,,,\n"
    )

    assert changes(plan(journal, newer)) == [
        ("张强", Change.CHANGED, {"dwelling", "codes"}),
        ("李红", Change.SAME, set()),
        ("赵六", Change.NEW, {"name", "category", "dwelling"}),
    ]


def test_an_empty_cell_and_a_missing_column_change_nothing(journal: Journal, people: People) -> None:
    bring_in(journal, LIST)
    before = contents(journal)
    bring_in(journal, f"姓名,房号,身份证,电话\n张强,3栋2单元501,{ID},\n李红,3-2-502,,\n")

    assert (
        contents(journal) == before
    )  # 李红 is still a tenant, 张强 still has his phone and his guardian role


def test_somebody_who_moved_is_known_by_number_or_phone(journal: Journal, people: People) -> None:
    bring_in(journal, LIST)
    moved = f"姓名,房号,身份证,电话\n张强,9-1-101,{ID},\n王飞,9-1-102,,13900001111\n"

    assert [change for _, change, _ in changes(plan(journal, moved))] == [Change.CHANGED, Change.CHANGED]
    bring_in(journal, moved)
    assert len(everybody(people)) == 4


def test_a_namesake_in_the_house_that_somebody_left_is_somebody_else(
    journal: Journal, people: People
) -> None:
    bring_in(journal, LIST)
    bring_in(journal, f"姓名,房号,身份证\n张强,9-1-101,{ID}\n")
    bring_in(journal, f"姓名,房号,身份证\n张强,3-2-501,{OTHER_ID}\n")

    houses = sorted(person.dwelling for person in everybody(people) if person.name == "张强")
    assert houses == ["3-2-501", "9-1-101"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("张强,1-1,,,\n张强,1-1,,,\n", (3, [Doubt.REPEATED], 2)),
        ("张强,1-1,13812345678,,\n张强,1-1,13812345678,,\n", (3, [Doubt.REPEATED], 2)),
        (f"张强,1-1,,{ID},\n张强,2-2,,{ID},\n", (3, [Trouble.CONTRADICTS_ROW], 2)),
        (f"张强,1-1,,{ID},\n李强,1-1,,{ID},\n", (3, [Trouble.CONTRADICTS_ROW], 2)),
        (f"张强,1-1,,{ID},\n张强,1-1,,{OTHER_ID},\n", (3, [Trouble.CONTRADICTS_ROW], 2)),
        ("张强,1-1,,,c\n李红,1-2,,,c\n", (3, [Trouble.CODE_TAKEN], 0)),
    ],
)
def test_two_rows_of_one_person_agree_or_one_is_handed_back(
    journal: Journal, people: People, rows: str, expected: tuple[int, list[Trouble | Doubt], int]
) -> None:
    planned = plan(journal, f"姓名,房号,电话,身份证,健康码\n{rows}")
    assert troubles((*planned.wrong, *planned.doubtful)) == [expected]


def test_a_second_row_may_add_what_the_first_left_out(journal: Journal, people: People) -> None:
    bring_in(journal, f"姓名,房号,电话,身份证,健康码\n张强,1-1,13812345678,,a\n张强,1-1,13900001111,{ID},b\n")

    (person,) = everybody(people)
    assert (person.phones, person.id_number) == (("13812345678", "13900001111"), ID)
    assert people.find_by_code(journal.vault.code_key("a")) == people.find_by_code(
        journal.vault.code_key("b")
    )


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (f"李四,3-2-501,{ID},", Trouble.CONTRADICTS_ROSTER),
        (f"张强,3-2-501,{OTHER_ID},", Trouble.CONTRADICTS_ROSTER),
        ("赵六,1-1,,code-1", Trouble.CODE_TAKEN),
    ],
)
def test_what_contradicts_the_roster_is_handed_back(
    journal: Journal, people: People, row: str, what: Trouble
) -> None:
    bring_in(journal, LIST)
    (wrong,) = plan(journal, f"姓名,房号,身份证,健康码\n{row}\n").wrong
    assert [problem.what for problem in wrong.problems] == [what]


def test_somebody_who_moved_in_one_row_is_not_back_where_they_were_in_another(
    journal: Journal, people: People
) -> None:
    bring_in(journal, LIST)
    (wrong,) = plan(journal, f"姓名,房号,身份证\n张强,9-1-101,{ID}\n张强,3-2-501,\n").wrong
    assert [(problem.what, problem.row) for problem in wrong.problems] == [(Trouble.CONTRADICTS_ROW, 2)]


def test_a_second_row_does_not_bring_the_number_of_somebody_else(journal: Journal, people: People) -> None:
    bring_in(journal, f"姓名,房号,身份证\n李红,1-1,\n李红,1-2,{ID}\n")
    (wrong,) = plan(journal, f"姓名,房号,身份证\n李红,1-1,\n李红,1-1,{ID}\n").wrong
    assert [problem.what for problem in wrong.problems] == [Trouble.CONTRADICTS_ROSTER]


def test_a_guardian_who_is_not_there_is_kept_as_written(journal: Journal, people: People) -> None:
    planned = plan(journal, "姓名,房号,监护人\n张小宝,1-1,张远 13855556666\n")
    assert [problem.what for row in planned.doubtful for problem in row.problems] == [Doubt.GUARDIAN_UNKNOWN]

    bring_in(journal, "姓名,房号,监护人\n张小宝,1-1,张远 13855556666\n")
    bring_in(journal, "姓名,房号,电话,监护人\n张远,7-7,13855556666,\n张小宝,1-1,,张远 13855556666\n")
    child = next(person for person in everybody(people) if person.name == "张小宝")
    assert [relation.kind for relation in people.who_speaks_for(child.id)] == ["guardian"]


def test_colours_and_tests_of_a_list_are_facts(journal: Journal, people: People) -> None:
    bring_in(journal, "姓名,房号,健康码,核酸,采样时间\n张强,1-1,绿码,阴性,2022-04-01 08:00\n")
    known = people.find(everybody(people)[0].id)
    assert known
    assert [(fact.kind, fact.value) for fact in known.facts[1:]] == [
        (FactKind.COLOUR, "green"),
        (FactKind.TEST, "negative"),
    ]


# --- whole or not at all


def test_a_stop_in_the_middle_leaves_nothing(journal: Journal, people: People) -> None:
    many = "姓名,房号\n" + "".join(f"张强,{house}\n" for house in range(1, 1001))
    seen: list[tuple[int, int]] = []
    with pytest.raises(ImportCancelledError):
        prepare(
            journal.vault,
            plan(journal, many),
            progress=lambda done, total: seen.append((done, total)),
            cancelled=lambda: len(seen) == 3,
        )

    assert seen == [(0, 1000), (200, 1000), (400, 1000)]
    assert people.everybody() == []


def test_progress_is_told_to_the_end(journal: Journal, people: People) -> None:
    seen: list[tuple[int, int]] = []
    prepare(journal.vault, plan(journal, LIST), progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (4, 4)


def test_a_plan_of_an_older_roster_is_not_written(journal: Journal, people: People) -> None:
    prepared = prepare(journal.vault, plan(journal, LIST))
    people.add([Person("p9", "赵六", "1-1", "resident")], as_of=NOON)

    with pytest.raises(RosterChangedError):
        write(journal, prepared, now=NOON)
    assert [person.name for person in everybody(people)] == ["赵六"]


def test_a_fault_in_the_middle_of_writing_leaves_nothing(journal: Journal, people: People) -> None:
    prepared = prepare(journal.vault, plan(journal, LIST))
    broken = replace(prepared, relations=(*prepared.relations, Relation("nobody", "guardian", "nobody else")))

    with pytest.raises(Exception, match="FOREIGN KEY"):
        write(journal, broken, now=NOON)
    assert people.everybody() == []
    assert Batches(journal).all() == []


def test_the_slow_parts_need_no_connection(journal: Journal, people: People) -> None:
    sealed = snapshot(journal)
    vault = journal.vault
    prepared = prepare(
        vault, make_plan(read_people(LIST.encode(), READING), open_snapshot(vault, sealed), vault)
    )
    assert write(journal, prepared, now=NOON)


# --- and back again


def test_undoing_an_import_restores_what_was_there(journal: Journal, people: People) -> None:
    bring_in(journal, LIST)
    before = contents(journal)
    batch = bring_in(
        journal, f"姓名,房号,身份证,健康码\n张强,9-1,{ID},code-9\n李红,3-2-502,,code-8\n赵六,1-1,,c\n"
    )
    assert contents(journal) != before

    assert Batches(journal).undo(batch, now=LATER) == 3
    assert contents(journal) == before


def test_undoing_the_first_import_leaves_nobody(journal: Journal, people: People) -> None:
    empty = contents(journal)
    batch = bring_in(journal, LIST)
    Batches(journal).undo(batch, now=LATER)
    assert contents(journal) == empty


def test_imports_are_undone_one_after_the_other_from_the_last(journal: Journal, people: People) -> None:
    states, batches = [contents(journal)], []
    for house in ("3-2-501", "4-4-404", "5-5-505"):
        batches.append(bring_in(journal, f"姓名,房号,身份证\n张强,{house},{ID}\n李红,{house},\n"))
        states.append(contents(journal))

    with pytest.raises(UndoRefusedError) as refused:
        Batches(journal).undo(batches[0], now=LATER)
    assert len(refused.value.people) >= 1
    for batch in reversed(batches):
        assert contents(journal) == states.pop()
        Batches(journal).undo(batch, now=LATER)
    assert contents(journal) == states.pop()


def test_facts_of_an_undone_import_count_no_more_and_are_still_told(journal: Journal, people: People) -> None:
    bring_in(journal, "姓名,房号\n张强,1-1\n")
    batch = bring_in(journal, "姓名,房号,健康码\n张强,1-1,红码\n")
    (person,) = everybody(people)
    Batches(journal).undo(batch, now=LATER)

    known = people.find(person.id)
    assert known
    assert [fact.kind for fact in known.facts] == [FactKind.IDENTITY]
    assert [(told.news.value, told.counts) for told in Facts(journal).history("person", person.id)] == [
        ("red", False)
    ]


def test_somebody_about_whom_more_was_said_since_is_not_undone_away(journal: Journal, people: People) -> None:
    batch = bring_in(journal, LIST)
    person = everybody(people)[0]
    Facts(journal).record(News("person", person.id, "test", "positive", NOON, "center"), now=NOON)
    before = contents(journal)

    with pytest.raises(UndoRefusedError) as refused:
        Batches(journal).undo(batch, now=LATER)
    assert refused.value.people == (person.id,)
    assert contents(journal) == before


def test_somebody_whom_two_people_may_isolate_is_not_undone_away(journal: Journal, people: People) -> None:
    batch = bring_in(journal, LIST)
    news = News("person", everybody(people)[0].id, "isolation", "isolation", NOON, "operator")
    Proposals(journal).propose(news, "王阿姨", now=NOON)

    with pytest.raises(UndoRefusedError):
        Batches(journal).undo(batch, now=LATER)


def test_a_code_that_somebody_else_got_since_is_not_taken_from_them(journal: Journal, people: People) -> None:
    bring_in(journal, LIST)
    first = people.find_by_code(journal.vault.code_key("code-1"))
    assert first
    removed = people.remove([first.person_id or ""], now=NOON)
    bring_in(journal, "姓名,房号,健康码\n赵六,1-1,code-1\n")
    before = contents(journal)

    with pytest.raises(UndoRefusedError):
        Batches(journal).undo(removed, now=LATER)
    assert contents(journal) == before


def test_a_child_that_was_edited_since_keeps_its_guardian_out(journal: Journal, people: People) -> None:
    bring_in(journal, LIST)
    (relation,) = (one for person in everybody(people) for one in people.who_speaks_for(person.id))
    removed = people.remove([relation.other_id], now=NOON)
    people.add([Person(relation.person_id, "张小强", "3-2-501", "resident", note="住校")], as_of=NOON)

    with pytest.raises(UndoRefusedError) as refused:
        Batches(journal).undo(removed, now=LATER)
    assert refused.value.people == (relation.person_id,)


def test_undoing_thousands_takes_no_longer_than_bringing_them_in(journal: Journal, people: People) -> None:
    rows = "".join(f"张强,{number}-1,138{number:08}\n" for number in range(3000))
    bring_in(journal, f"姓名,房号,手机\n{rows}")
    batch = bring_in(journal, f"姓名,房号,手机\n{rows}")

    start = process_time()
    assert Batches(journal).undo(batch, now=LATER) == 3000
    assert process_time() - start < 1.0  # 0.1 s; 8 s if it looks at everybody for each


def test_nothing_is_undone_twice_and_no_undoing_either(journal: Journal, people: People) -> None:
    batch = bring_in(journal, LIST)
    Batches(journal).undo(batch, now=LATER)

    for number in (batch, batch + 1, 999):
        with pytest.raises(UndoRefusedError) as refused:
            Batches(journal).undo(number, now=LATER)
        assert refused.value.people == ()


def test_the_log_says_what_who_and_when(journal: Journal, people: People) -> None:
    batch = bring_in(journal, LIST)
    (found,) = Batches(journal).all()
    assert (found.id, found.kind, found.at, found.people, found.undone) == (batch, "import", NOON, 4, False)
    assert (found.by, found.note) == ("王阿姨", "residents.csv")
    assert "王阿姨" not in repr(found)


# --- the command


class Command:
    """`station people …` inside the test."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder, self._capsys = folder, capsys

    def run(self, *words: object) -> tuple[int, str, str]:
        code = main(["people", *map(str, words), "--data", str(self._folder)])
        out, err = self._capsys.readouterr()
        return code, out, err


@pytest.fixture
def command(folder: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(folder, capsys)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.csv"
    file.write_text(LIST, encoding="gb18030")
    return file


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    file = tmp_path / "bad.csv"
    file.write_text(f"{LIST}赵六,,居民,,110105491231002,,\n", encoding="utf-8")
    return file


def roster(folder: Path) -> int:
    with open_journal(folder) as journal:
        return len(People(journal).everybody())


def test_a_preview_shows_and_keeps_its_hands_off(command: Command, good: Path, folder: Path) -> None:
    code, out, _ = command.run("import", good, "--preview", "--json")
    assert code == 0
    assert json.loads(out) == {"new": 4, "changed": 0, "same": 0, "wrong": 0, "doubtful": 0}
    assert roster(folder) == 0


def test_a_preview_names_changes_without_telling_names(command: Command, good: Path, tmp_path: Path) -> None:
    command.run("import", good)
    newer = tmp_path / "newer.csv"
    newer.write_text(f"姓名,房号,身份证\n张强,5-1-101,{ID}\n", encoding="utf-8")
    _, out, _ = command.run("import", newer, "--preview")

    assert "张* 5-1-101" in out
    assert "张强" not in out


def test_an_import_can_be_undone_by_its_number(command: Command, good: Path, folder: Path) -> None:
    _, out, _ = command.run("import", good, "--json")
    batch = json.loads(out)["batch"]
    assert roster(folder) == 4

    code, out, _ = command.run("batches", "--json")
    assert (code, json.loads(out)["file"]) == (0, "good.csv")
    assert command.run("import", "--undo", batch)[0] == 0
    assert roster(folder) == 0
    assert command.run("import", "--undo", batch)[0] == 1


@pytest.mark.parametrize("name", ["wrong.csv", "wrong.xlsx"])
def test_one_wrong_row_keeps_all_out_and_is_handed_back(
    command: Command, bad: Path, folder: Path, tmp_path: Path, name: str
) -> None:
    code, _, err = command.run("import", bad, "--errors", tmp_path / name)

    assert code == 1
    assert roster(folder) == 0
    assert "赵六" not in err
    again = read_people((tmp_path / name).read_bytes(), READING)
    assert [[problem.what for problem in row.problems] for row in again.rows] == [
        [Trouble.HOUSE_MISSING, Trouble.ID_OLD_FORM]
    ]


def test_the_other_rows_go_in_if_that_is_wanted(command: Command, bad: Path, folder: Path) -> None:
    assert command.run("import", bad, "--skip-errors")[0] == 1
    assert roster(folder) == 4


def test_while_the_gate_runs_the_command_says_so(command: Command, good: Path, folder: Path) -> None:
    with open_journal(folder):
        code, _, err = command.run("import", good)
    assert (code, "正在运行" in err) == (3, True)


@pytest.mark.parametrize("words", [(), ("x.csv", "--undo", "1")])
def test_a_file_or_a_number_and_not_both(command: Command, words: tuple[str, ...]) -> None:
    assert command.run("import", *words)[0] == 2


def test_a_file_that_is_no_list_says_what_to_do(command: Command, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes("甲,乙\n1,2\n".encode())
    code, _, err = command.run("import", tmp_path / "x.csv")
    assert (code, "表头" in err) == (1, True)
