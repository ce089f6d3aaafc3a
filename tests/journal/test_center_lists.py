"""What the center gives: applied whole or not at all, in any order and any number of times."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from station.core.entry import to_ms
from station.core.model import Fact, FactKind
from station.journal import upstream
from station.journal.center_cursor import NO_EPOCH
from station.journal.center_items import CenterItems, notices, tasks
from station.journal.center_lists import CenterLists, Outcome
from station.journal.center_pages import prepare_page
from station.journal.connection import folder_of
from station.journal.entries import Journal
from station.journal.facts import current_facts
from station.journal.lookbacks import Passages
from station.journal.passes import Passes, read_pass_trust
from station.journal.policies import Policies, PolicyEventKind, standing
from station.policy_desk import policy_text
from station.sync.bundle import Item, Page
from station.sync.items import NoticeItem, PolicyItem, RevokedPassItem, TaskItem, TrustItem, encode_item
from tests.journal.given import EPOCH, Channel, enrol, fact, gone, person
from tests.journal.samples import NOON, open_journal

LATER = NOON + timedelta(hours=1)
ANOTHER = b"f" * 16
RED = Fact(FactKind.COLOUR, "red", NOON, "center")


@pytest.fixture
def quick(journal: Journal) -> Channel:
    enrol(journal)
    return Channel(CenterLists(journal), journal)


@pytest.fixture
def people(journal: Journal) -> Channel:
    enrol(journal)
    return Channel(CenterLists(journal), journal, "people")


def colours(channel: Channel, subject: str = "c1") -> list[Fact]:
    return current_facts(channel.journal.connection, subject, None, None)


def encoded(item: msgspec.Struct) -> bytes:
    return encode_item(item)


# --- the cursor -----------------------------------------------------------------------------------


def test_before_anything_came_one_asks_from_the_start(quick: Channel) -> None:
    cursor = quick.lists.cursor("quick")

    assert (cursor.epoch, cursor.version, cursor.complete, cursor.as_of) == (NO_EPOCH, 0, False, None)


def test_pages_follow_one_another(quick: Channel) -> None:
    first = quick.give(fact("code", "c1", "colour", "red"), more=True)
    second = quick.give(fact("code", "c2", "colour", "green"))

    assert (first.complete, second.complete) == (False, True)
    assert [news.subject for news in (*first.facts, *second.facts)] == ["c1", "c2"]
    assert quick.lists.cursor("quick").version == 2
    assert upstream.read_status(Path(_folder(quick))).lists["quick"].as_of == NOON


def _folder(channel: Channel) -> str:
    return str(folder_of(channel.journal.connection))


def test_a_page_that_comes_again_changes_nothing(quick: Channel) -> None:
    quick.give(fact("code", "c1", "colour", "red"))
    quick.give(fact("code", "c2", "colour", "green"))
    before = quick.journal.connection.total_changes

    for page in quick.sent:
        assert quick.take(page).outcome is Outcome.KNOWN
    assert quick.journal.connection.total_changes == before


def test_a_page_after_a_gap_waits_for_the_one_before(quick: Channel) -> None:
    quick.give(fact("code", "c1", "colour", "red"))
    missing = quick.page(fact("code", "c2", "colour", "red"))
    early = quick.page(fact("code", "c3", "colour", "red"))

    assert quick.take(early).outcome is Outcome.GAP
    assert colours(quick, "c3") == []
    assert quick.take(missing).outcome is Outcome.APPLIED
    assert quick.take(early).outcome is Outcome.APPLIED


def test_an_overlapping_page_adds_what_is_new_in_it(quick: Channel) -> None:
    quick.give(fact("code", "c1", "colour", "red"))
    both = Page(
        *(1, "quick", EPOCH, 0, 2, False, to_ms(NOON)),
        (Item("fact", "code:c1:colour", 1), Item(*fact("code", "c2", "colour", "red")[:2], 2, _red("c2"))),
    )

    assert [news.subject for news in quick.take(both).facts] == ["c2"]
    assert colours(quick) == [RED]


def _red(subject: str) -> bytes:
    return fact("code", subject, "colour", "red")[2]


def test_an_empty_answer_is_written_once_a_minute(quick: Channel) -> None:
    quick.give()
    before = quick.journal.connection.total_changes
    assert quick.give().complete
    assert quick.journal.connection.total_changes == before

    page = prepare_page(quick.journal.vault, quick.page())
    quick.lists.apply(page, NOON + timedelta(minutes=2))
    assert quick.lists.cursor("quick").heard == NOON + timedelta(minutes=2)


# --- fetching anew --------------------------------------------------------------------------------


def test_what_does_not_come_again_is_gone_only_after_the_last_page(quick: Channel) -> None:
    quick.give(fact("code", "c1", "colour", "red"), fact("code", "c2", "colour", "red"))
    quick.restored(ANOTHER)

    quick.give(fact("code", "c2", "colour", "red"), more=True, refetch=True)
    assert colours(quick, "c1") == [RED]
    done = quick.give(fact("code", "c3", "colour", "red"))
    assert done.facts_gone == 1
    assert [bool(colours(quick, one)) for one in ("c1", "c2", "c3")] == [False, True, True]


def test_an_answer_that_only_says_begin_anew_is_understood(quick: Channel) -> None:
    quick.give(fact("code", "c1", "colour", "red"))
    quick.take(Page(1, "quick", ANOTHER, 1, 0, True, to_ms(NOON), refetch=True))
    assert (quick.lists.cursor("quick").epoch, quick.lists.cursor("quick").version) == (ANOTHER, 0)
    assert colours(quick) == [RED]

    quick.restored(ANOTHER)
    quick.give()
    assert colours(quick) == []


def test_a_refetch_within_the_same_epoch(quick: Channel) -> None:
    """The cursor was older than the tombstones that the center keeps."""
    quick.give(fact("code", "c1", "colour", "red"))
    quick.version = 0
    quick.give(fact("code", "c2", "colour", "red"), refetch=True)

    assert colours(quick) == []


def test_a_fetch_may_have_to_begin_anew_in_its_midst(quick: Channel) -> None:
    """A gate was off for months between two pages: what it has of the list is too old to go on from."""
    quick.give(fact("code", "c1", "colour", "red"))
    quick.restored(ANOTHER)
    quick.give(fact("code", "c2", "colour", "red"), more=True, refetch=True)
    quick.take(Page(1, "quick", ANOTHER, 0, 0, True, to_ms(NOON), refetch=True))
    assert quick.lists.cursor("quick").version == 0
    assert [bool(colours(quick, one)) for one in ("c1", "c2")] == [True, True]

    quick.version = 0
    quick.give(fact("code", "c3", "colour", "red"))
    assert [bool(colours(quick, one)) for one in ("c1", "c2", "c3")] == [False, False, True]


@pytest.mark.parametrize(
    ("written", "as_old_as"), [(NOON - timedelta(days=3), 3), (NOON + timedelta(days=3), 0)]
)
def test_lists_that_came_by_stick_are_as_old_as_the_stick_and_never_of_tomorrow(
    quick: Channel, written: datetime, as_old_as: int
) -> None:
    """The gate would call a list of last week fresh, or one of a center whose clock is ahead."""
    quick.server_ms = to_ms(written)
    quick.take(quick.page(fact("code", "c1", "colour", "red")), by_stick=True)

    cursor = quick.lists.cursor("quick")
    assert (cursor.as_of, cursor.heard) == (written, NOON - timedelta(days=as_old_as))


def test_a_fetch_that_is_broken_off_goes_on_where_it_was(folder: Path) -> None:
    with open_journal(folder) as journal:
        quick = Channel(CenterLists(journal), journal)
        quick.give(fact("code", "c1", "colour", "red"))
        quick.restored(ANOTHER)
        quick.give(fact("code", "c2", "colour", "red"), more=True, refetch=True)
    with open_journal(folder) as journal:
        quick.lists, quick.journal = CenterLists(journal), journal
        assert quick.lists.cursor("quick").version == 1
        quick.give(fact("code", "c3", "colour", "red"))
        assert [bool(colours(quick, one)) for one in ("c1", "c2", "c3")] == [False, True, True]


def test_a_page_of_lists_that_are_not_ours_changes_nothing(quick: Channel) -> None:
    quick.give(fact("code", "c1", "colour", "red"))
    stranger = Page(1, "quick", ANOTHER, 5, 6, False, to_ms(LATER))

    assert quick.take(stranger).outcome is Outcome.OTHER_EPOCH


def test_an_old_stick_does_not_turn_the_lists_back(quick: Channel) -> None:
    stick = quick.page(fact("code", "c1", "colour", "green"), refetch=True)
    quick.restored(ANOTHER)
    quick.give(fact("code", "c1", "colour", "red"))

    assert quick.take(stick, by_stick=True).outcome is Outcome.KNOWN
    assert colours(quick) == [RED]
    quick.restored(b"g" * 16)
    newer = quick.page(fact("code", "c1", "colour", "green"))
    assert quick.take(newer, by_stick=True).outcome is Outcome.APPLIED
    assert [one.value for one in colours(quick)] == ["green"], "though it counts up to the same number"


def test_an_old_stick_brings_no_green_back_while_everything_is_asked_for_again(quick: Channel) -> None:
    """The stick of last week lies in the drawer still."""
    old = msgspec.structs.replace(quick.page(fact("code", "c1", "colour", "green")), newest=1)
    quick.take(old)
    quick.server_ms += 1000
    quick.give(fact("code", "c1", "colour", "red"))
    for _ in range(2):
        quick.lists.refetch("quick")
    begins = msgspec.structs.replace(old, until=0, items=(), more=True, refetch=True)

    for page in (begins, old):
        quick.take(page, by_stick=True)

    assert [one.value for one in colours(quick)] == ["red"]


def test_nor_once_the_first_page_came_again_from_a_center_whose_clock_was_ahead_that_week(
    quick: Channel,
) -> None:
    quick.server_ms += 86_400_000
    old = msgspec.structs.replace(quick.page(fact("code", "c1", "colour", "green")), newest=1)
    quick.take(old)
    quick.server_ms -= 86_400_000
    quick.give(fact("code", "c2", "colour", "green"), fact("code", "c1", "colour", "red"))
    quick.lists.refetch("quick")
    first = Page(
        1, "quick", EPOCH, 0, 2, True, quick.server_ms, (Item("fact", "code:c2:colour", 2, _red("c2")),)
    )
    quick.take(first)
    came = quick.lists.cursor("quick")
    begins = msgspec.structs.replace(old, until=0, items=(), more=True, refetch=True)

    for page in (begins, old):
        quick.take(page, by_stick=True)

    assert [one.value for one in colours(quick)] == ["red"]
    assert quick.lists.cursor("quick") == came, "what came again already need not come once more"


def test_a_stick_that_brought_the_lists_brings_them_again_when_everything_is_asked_for(
    quick: Channel,
) -> None:
    page = msgspec.structs.replace(quick.page(fact("code", "c1", "colour", "red")), newest=1)
    quick.take(page, by_stick=True)
    quick.lists.refetch("quick")

    assert quick.take(page, by_stick=True).complete
    assert colours(quick) == [RED]


def test_everything_can_be_asked_for_again(quick: Channel) -> None:
    quick.give(fact("code", "c1", "colour", "red"))
    quick.lists.refetch("quick")
    quick.version = 0

    assert quick.lists.cursor("quick").version == 0
    assert quick.give(fact("code", "c1", "colour", "red")).facts == ()
    assert colours(quick) == [RED]


# --- facts and passes -----------------------------------------------------------------------------


def test_a_fact_that_the_center_takes_back_does_not_count_any_more(quick: Channel) -> None:
    quick.give(fact("code", "c1", "colour", "red"))
    applied = quick.give(gone("fact", "code:c1:colour"))

    assert applied.facts_gone == 1
    assert colours(quick) == []


def test_the_center_may_correct_itself_to_something_older(quick: Channel) -> None:
    """A red colour was somebody else's: what counted before counts again, whatever its time."""
    quick.give(fact("code", "c1", "colour", "green", to_ms(NOON) - 5))
    quick.give(fact("code", "c1", "colour", "red"))
    quick.give(fact("code", "c1", "colour", "green", to_ms(NOON) - 5))

    assert [one.value for one in colours(quick)] == ["green"]


def test_the_same_moment_with_another_value_and_back(quick: Channel) -> None:
    for value in ("red", "green", "red"):
        quick.give(fact("code", "c1", "colour", value))
        assert [one.value for one in colours(quick)] == [value]


def test_what_was_told_here_is_not_taken_back_by_the_center(quick: Channel) -> None:
    from station.journal.facts import Facts, News

    Facts(quick.journal).record(News("code", "c1", "colour", "yellow", NOON, "operator"), now=NOON)
    quick.give(fact("code", "c1", "colour", "red", to_ms(LATER)))
    quick.give(gone("fact", "code:c1:colour"))

    assert [one.value for one in colours(quick)] == ["yellow"]


def test_a_look_back_sees_every_new_fact_after_one_was_taken_back(quick: Channel) -> None:
    """Positions of facts are never used twice: look-backs go by them."""
    quick.give(fact("code", "c1", "colour", "red"))
    seen = Passages(quick.journal.connection).news_after(0)[-1].position
    quick.give(gone("fact", "code:c1:colour"))
    quick.give(fact("code", "c2", "colour", "red"))

    assert [news.subject for news in Passages(quick.journal.connection).news_after(seen)] == ["c2"]


def test_a_pass_is_revoked_and_given_back(quick: Channel, folder: Path) -> None:
    body = encoded(RevokedPassItem(to_ms(NOON)))
    assert quick.give(("revoked_pass", "0102030405060708", body)).passes == 1
    assert read_pass_trust(folder).revoked == {bytes(range(1, 9))}
    assert quick.give(gone("revoked_pass", "0102030405060708")).passes == 1
    assert read_pass_trust(folder).revoked == frozenset()


def test_a_pass_that_was_revoked_here_too_stays_revoked(quick: Channel, folder: Path) -> None:
    Passes(quick.journal).revoke([bytes(8)], now=NOON)
    for _ in range(2):
        quick.give(("revoked_pass", "00" * 8, encoded(RevokedPassItem(to_ms(NOON)))))
    quick.give(gone("revoked_pass", "00" * 8))

    assert read_pass_trust(folder).revoked == {bytes(8)}


# --- what this version does not understand --------------------------------------------------------

POISON = {
    "a list of a newer center": ("weather", "today", b"\xc1"),
    "no MessagePack": ("fact", "code:c1:colour", b"\xc1"),
    "too short": ("fact", "code:c1:colour", b"\x91\xa4code"),
    "ten thousand deep": ("fact", "code:c1:colour", b"\x91" * 10_000),
    "about nobody that we know": fact("planet", "c1", "colour", "red"),
    "under another key": ("fact", "code:c2:colour", fact("code", "c1", "colour", "red")[2]),
    "in the year 280,000": fact("code", "c1", "colour", "red", 2**53),
    "before there was time": fact("code", "c1", "colour", "red", -(2**53)),
    "no number of a pass": ("revoked_pass", "zz", encode_item(RevokedPassItem(1))),
    "a pass of 3 bytes": ("revoked_pass", "010203", encode_item(RevokedPassItem(1))),
    "a notice of no time": ("notice", "n", encode_item(NoticeItem(2**53, "t"))),
    "a task of no time": ("task", "n", encode_item(TaskItem(0, "t", due_ms=-1))),
    "text that is none": ("notice", "n", b"\x92\x01\xa2\xff\xfe"),
    "a person with no keys": ("person", "p", b"\x94\xa1r\xa1n\xa1d\x91\xa2zz"),
}


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON.keys())
def test_one_bad_item_is_counted_and_holds_nothing_up(
    quick: Channel, poison: tuple[str, str, bytes | None]
) -> None:
    applied = quick.give(poison, fact("code", "good", "colour", "red"))

    assert (applied.outcome, applied.skipped) == (Outcome.APPLIED, 1)
    assert colours(quick, "good") == [RED]
    assert colours(quick, "c1") == []
    assert upstream.status(quick.journal.connection).skipped == 1
    assert notices(quick.journal.connection, quick.journal.vault, NOON) == []
    assert tasks(quick.journal.connection, quick.journal.vault) == []
    kept = quick.journal.connection.execute("SELECT count(*) FROM center_item").fetchone()
    assert kept == (2,)  # the next version may understand it


def test_words_with_nul_and_a_kind_of_tomorrow_are_kept(quick: Channel) -> None:
    quick.give(fact("code", "c1", "vaccine\0", "yes\0"), fact("code", "c1", "colour", "red"))

    assert colours(quick) == [RED]


# --- notices, tasks, trust, policies --------------------------------------------------------------


def test_a_gate_whose_clock_is_a_year_ahead_still_shows_what_holds_until_tomorrow(quick: Channel) -> None:
    """Nobody there read that the tent moves, while the center counted the notice as sent."""
    ahead = NOON + timedelta(days=365)
    page = quick.page(("notice", "n1", encoded(NoticeItem(to_ms(NOON), "搬帐篷", until_ms=to_ms(LATER)))))
    quick.take(page, now=ahead)
    here = (quick.journal.connection, quick.journal.vault)

    assert [one.id for one in notices(*here, ahead + timedelta(minutes=1))] == ["n1"]
    assert notices(*here, ahead + timedelta(hours=2)) == []


def test_notices_are_read_while_they_hold(quick: Channel) -> None:
    at = to_ms(NOON)
    quick.give(
        ("notice", "old", encoded(NoticeItem(at - 9, "旧通知", until_ms=at))),
        ("notice", "plain", encoded(NoticeItem(at + 5, "通知"))),
        ("notice", "urgent", encoded(NoticeItem(at, "紧急", urgent=True))),
        ("notice", "gone", encoded(NoticeItem(at, "撤回"))),
    )
    quick.give(gone("notice", "gone"))

    found = notices(quick.journal.connection, quick.journal.vault, NOON)
    assert [one.id for one in found] == ["urgent", "plain"]


def test_tasks_come_by_when_they_are_due(quick: Channel) -> None:
    at = to_ms(NOON)
    given = {"done": TaskItem(at, "a", done=True), "late": TaskItem(at, "b", due_ms=at + 9)}
    given |= {"soon": TaskItem(at, "c", due_ms=at + 1), "whenever": TaskItem(at, "d")}
    applied = quick.give(*(("task", name, encoded(item)) for name, item in given.items()))

    assert applied.tasks == 4
    found = tasks(quick.journal.connection, quick.journal.vault)
    assert [one.id for one in found] == ["soon", "late", "whenever", "done"]


def test_nothing_of_the_lists_lies_in_clear(quick: Channel, people: Channel, folder: Path) -> None:
    quick.give(("task", "t", encoded(TaskItem(0, "看望王芳老人"))))
    people.give(person("p1", "诸葛亮"))
    quick.journal.checkpoint()

    content = b"".join(path.read_bytes() for path in folder.glob("journal.db*"))
    for secret in ("看望王芳", "诸葛亮", "13800001234"):
        assert secret.encode() not in content


def test_a_trust_file_is_told_until_it_was_taken(quick: Channel) -> None:
    items = CenterItems(quick.journal)
    quick.give(("trust", "keys.json", encoded(TrustItem("one"))))
    (first,) = items.trust_to_take()
    quick.give(("trust", "keys.json", encoded(TrustItem("two"))))
    items.took(first)  # meanwhile another came

    (second,) = items.trust_to_take()
    assert second.text == "two"
    items.took(second)
    assert items.trust_to_take() == []
    quick.give(gone("trust", "keys.json"))
    (end,) = items.trust_to_take()
    assert end.text is None
    items.took(end)
    assert items.trust_to_take() == []


def policy(text: str, at_ms: int, by: str = "区指挥部") -> tuple[str, str, bytes]:
    return "policy", f"{at_ms}", encode_item(PolicyItem(text, at_ms, by))


def in_force(journal: Journal) -> str | None:
    activated = standing(Policies(journal).history()).activated
    return activated.text if activated else None


def test_a_policy_comes_into_force_at_its_time_and_once(quick: Channel) -> None:
    items, sealed = CenterItems(quick.journal), policy_text("sealed")
    quick.give(policy(sealed, to_ms(LATER)))
    assert items.activate_due(NOON) is None

    activation = items.activate_due(LATER)
    assert activation
    assert (activation.by, activation.refused) == ("区指挥部", "")
    assert in_force(quick.journal) == sealed
    assert items.activate_due(LATER) is None


def test_of_several_the_newest_whose_time_has_come_counts(quick: Channel) -> None:
    quick.give(
        policy(policy_text("sealed"), to_ms(NOON)),
        policy(policy_text("open"), to_ms(LATER)),
        policy(policy_text("controlled"), to_ms(NOON) - 1),
    )
    CenterItems(quick.journal).activate_due(NOON)

    assert in_force(quick.journal) == policy_text("sealed")


def test_a_gate_whose_clock_began_anew_in_another_year_is_sealed_off_with_its_zone(quick: Channel) -> None:
    """Its battery is empty: by its own clock no order of these years ever comes."""
    years_ago = NOON - timedelta(days=4000)
    quick.give(policy(policy_text("sealed"), to_ms(NOON)), policy(policy_text("open"), to_ms(LATER)))
    CenterItems(quick.journal).activate_due(years_ago)
    assert in_force(quick.journal) == policy_text("sealed")

    quick.journal.clock_off = lambda: to_ms(LATER) - to_ms(years_ago)
    CenterItems(quick.journal).activate_due(years_ago)
    assert in_force(quick.journal) == policy_text("open")


def test_a_gate_whose_clock_is_ahead_is_not_opened_before_its_time(quick: Channel) -> None:
    quick.give(policy(policy_text("sealed"), to_ms(NOON)), policy(policy_text("open"), to_ms(LATER)))
    quick.journal.clock_off = lambda: to_ms(NOON) - to_ms(LATER)
    CenterItems(quick.journal).activate_due(LATER)

    assert in_force(quick.journal) == policy_text("sealed")


def test_a_policy_that_cannot_be_read_is_refused_and_the_old_one_stays(quick: Channel) -> None:
    quick.give(policy(policy_text("sealed"), to_ms(NOON)))
    CenterItems(quick.journal).activate_due(NOON)
    quick.give(policy("limits = ???", to_ms(LATER)))
    activation = CenterItems(quick.journal).activate_due(LATER)

    assert activation
    assert activation.refused
    assert in_force(quick.journal) == policy_text("sealed")
    assert CenterItems(quick.journal).activate_due(LATER) is None


def test_a_former_policy_that_this_program_cannot_read_is_refused_though_the_gate_went_by_it(
    quick: Channel,
) -> None:
    """The program was put back to an older one: in force again, no lane would open by it."""
    newer = policy_text("sealed") + "\n[drones]\nallowed = true\n"
    Policies(quick.journal).record(PolicyEventKind.ACTIVATED, newer, now=NOON, by="王芳", reason="")
    quick.give(policy(policy_text("open"), to_ms(NOON)))
    CenterItems(quick.journal).activate_due(NOON)
    quick.give(policy(newer, to_ms(LATER)))
    activation = CenterItems(quick.journal).activate_due(LATER)

    assert activation
    assert activation.refused
    assert in_force(quick.journal) == policy_text("open")


# --- who the center is ----------------------------------------------------------------------------


def test_another_center_leaves_nothing_of_the_former_behind(
    quick: Channel, people: Channel, folder: Path
) -> None:
    quick.give(fact("code", "c1", "colour", "red"), ("revoked_pass", "01" * 8, encoded(RevokedPassItem(1))))
    people.give(person("p1"))
    enrol(quick.journal, center_key=b"z" * 32)

    assert colours(quick) == []
    assert read_pass_trust(folder).revoked == frozenset()
    assert quick.lists.cursor("quick").version == people.lists.cursor("people").version == 0
    for table in ("center_item", "center_chunk", "center_run"):
        assert quick.journal.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_enrolled_anew_at_the_same_center_all_lists_are_asked_for_again_and_a_red_counts_meanwhile(
    quick: Channel, people: Channel
) -> None:
    """It may be another gate's station now, with other people and another branch's notices."""
    quick.give(fact("code", "c1", "colour", "red"))
    people.give(person("p1"))
    enrol(quick.journal, opening_key=b"o" * 32)

    for channel in ("quick", "people"):
        cursor = quick.lists.cursor(channel)
        assert (cursor.version, cursor.complete, cursor.is_fetching) == (0, False, True)
    assert colours(quick) == [RED]


def test_a_renewed_credential_changes_nothing_else(quick: Channel) -> None:
    quick.give(fact("code", "c1", "colour", "red"))
    enrol(quick.journal)

    assert colours(quick) == [RED]


@pytest.mark.parametrize("fails", ["center_cursor", "fact", "center_item"])
def test_a_page_that_cannot_be_written_leaves_nothing(
    quick: Channel, fails: str, folder: Path, tmp_path: Path
) -> None:
    """A constraint that breaks in the middle stands for any fault of the disk."""
    quick.give(fact("code", "c1", "colour", "red"))
    quick.journal.connection.execute(
        f"CREATE TEMP TRIGGER fault BEFORE INSERT ON {fails} BEGIN SELECT RAISE(ABORT, 'disk'); END"
    )
    before = _contents(quick)
    with pytest.raises(Exception, match="disk"):
        quick.give(fact("code", "c2", "colour", "red"), gone("fact", "code:c1:colour"))

    assert _contents(quick) == before


def _contents(channel: Channel) -> list[object]:
    tables = ("fact", "center_item", "center_cursor")
    return [channel.journal.connection.execute(f"SELECT * FROM {one}").fetchall() for one in tables]
