"""Lists for the gates: no change is skipped, nobody is told what is another branch's."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from center.store import Lists, SqlStore, open_store
from center.store.watching import Watcher
from station.sync.bundle import Item
from tests.patience import PATIENCE_S

VILLAGE, OTHER = "district/town/west", "district/town/east"


def pull(
    lists: Lists, store: SqlStore, held: dict[Any, bytes], since: int, branch: str = "", limit: int = 7
) -> int:
    """What a gate does: pages until there are no more; `held` is its copy. Returns its cursor."""
    while True:
        page = lists.page("quick", store.epoch, since, limit, branch)
        assert not page.refetch
        assert [item.version for item in page.items] == sorted(item.version for item in page.items)
        for item in page.items:
            if item.body is None:
                held.pop((item.list, item.key), None)
            else:
                held[item.list, item.key] = item.body
        since = page.until
        if not page.more:
            return since


def test_a_fact_reaches_a_gate_and_goes_again(store: SqlStore) -> None:
    held: dict[Any, bytes] = {}
    assert store.lists.put("quick", [("fact", "a", b"red"), ("notice", "n", b"hello")]) == 2
    cursor = pull(store.lists, store, held, 0)
    assert held == {("fact", "a"): b"red", ("notice", "n"): b"hello"}

    store.lists.put("quick", [("notice", "n", None)])
    cursor = pull(store.lists, store, held, cursor)
    assert (held, cursor) == ({("fact", "a"): b"red"}, 3)


def test_what_stays_the_same_gets_no_new_version(store: SqlStore) -> None:
    rows = [("fact", str(key), b"green") for key in range(2500)]
    assert store.lists.put("quick", rows) == 2500
    assert store.lists.put("quick", rows) == 2500
    assert store.lists.put("quick", [*rows[:-1], ("fact", "2499", b"red")]) == 2501
    assert store.lists.put("quick", [("fact", "never there", None)]) == 2501
    assert store.lists.put("quick", []) == 2501


def test_the_last_word_about_a_key_in_one_call_counts(store: SqlStore) -> None:
    store.lists.put("quick", [("fact", "a", b"red"), ("fact", "a", b"green")])

    assert store.lists.get("quick", "fact", "a") == b"green"
    assert store.lists.newest("quick") == 1


def test_two_lists_may_use_the_same_key(store: SqlStore) -> None:
    store.lists.put("quick", [("fact", "a", b"red"), ("task", "a", b"knock")])
    store.lists.put("quick", [("fact", "a", None)])

    assert store.lists.get("quick", "fact", "a") is None
    assert store.lists.get("quick", "task", "a") == b"knock"
    assert list(store.lists.each("quick", "task")) == [Item("task", "a", 2, b"knock")]
    assert list(store.lists.each("quick", "fact")) == []


def test_replacing_a_list_drops_what_is_not_in_it_any_more(store: SqlStore) -> None:
    store.lists.replace("people", "person", [("1", b"Wang"), ("2", b"Li")])
    store.lists.replace("people", "person", [("9", b"Zhao")], VILLAGE)
    newest = store.lists.replace("people", "person", [("2", b"Li"), ("3", b"Sun")])

    assert [item.key for item in store.lists.each("people", "person")] == ["2", "3", "9"]
    assert newest == 5  # one gone, one new


@pytest.mark.parametrize("channel", ["slow", "people"])
def test_a_list_that_the_channel_does_not_have_is_refused(store: SqlStore, channel: str) -> None:
    with pytest.raises(KeyError):
        store.lists.put(channel, [("fact", "a", b"red")])
    with pytest.raises(KeyError):
        store.lists.replace(channel, "fact", [("a", b"red")])


def test_a_channel_that_is_not_there_has_no_pages(store: SqlStore) -> None:
    with pytest.raises(KeyError):
        store.lists.page("slow", store.epoch, 0, 10)


def test_a_cursor_that_means_nothing_here_is_told_to_begin_anew(store: SqlStore) -> None:
    store.lists.put("quick", [("fact", "a", b"red")])

    for epoch, since in ((b"another epoch!!!", 0), (b"", 1), (store.epoch, 2)):
        page = store.lists.page("quick", epoch, since, 10)
        assert (page.refetch, page.items, page.until, page.newest) == (True, (), 0, 1)


def test_forgetting_what_is_gone_makes_every_gate_begin_anew(store: SqlStore) -> None:
    store.lists.put("quick", [("fact", "a", b"red"), ("fact", "b", b"red")])
    store.lists.put("quick", [("fact", "a", None)])
    before = store.epoch
    store.lists.forget_tombstones()

    assert store.lists.page("quick", before, 3, 10).refetch
    held: dict[Any, bytes] = {}
    assert pull(store.lists, store, held, 0) == 3
    assert held == {("fact", "b"): b"red"}


def test_a_page_of_large_texts_is_short(store: SqlStore) -> None:
    store.lists.put("quick", [("trust", str(key), b"x" * 3_000_000) for key in range(5)])

    page = store.lists.page("quick", store.epoch, 0, 500)
    assert ([item.key for item in page.items], page.more) == (["0", "1"], True)
    held: dict[Any, bytes] = {}
    pull(store.lists, store, held, 0, limit=500)
    assert len(held) == 5


def test_one_text_that_is_larger_than_a_page_comes_alone(store: SqlStore) -> None:
    store.lists.put("quick", [("trust", "1", b"x" * 9_000_000), ("trust", "2", b"y")])

    assert [item.key for item in store.lists.page("quick", store.epoch, 0, 9).items] == ["1"]
    assert [item.key for item in store.lists.page("quick", store.epoch, 1, 9).items] == ["2"]


def test_a_gate_is_told_of_its_branch_and_those_above(store: SqlStore) -> None:
    for scope in (
        "",
        "district",
        "district/town",
        VILLAGE,
        OTHER,
        "dist",
        VILLAGE + "/grid 1",
        "%",
        "district_town",
    ):
        store.lists.put("quick", [("fact", f"of {scope}", b"red")], scope)

    def told(branch: str) -> set[str]:
        held: dict[Any, bytes] = {}
        pull(store.lists, store, held, 0, branch, limit=2)
        return {key.removeprefix("of ") for _, key in held}

    assert told(VILLAGE) == {"", "district", "district/town", VILLAGE}
    assert told("district") == {"", "district"}
    assert told("") == {""}


def test_who_moves_to_another_branch_is_gone_where_they_were(store: SqlStore) -> None:
    west: dict[Any, bytes] = {}
    east: dict[Any, bytes] = {}
    store.lists.put("quick", [("fact", "Wang", b"red")], VILLAGE)
    at_west, at_east = pull(store.lists, store, west, 0, VILLAGE), pull(store.lists, store, east, 0, OTHER)
    store.lists.put("quick", [("fact", "Wang", b"red")], OTHER)
    pull(store.lists, store, west, at_west, VILLAGE)
    pull(store.lists, store, east, at_east, OTHER)

    assert (west, east) == ({}, {("fact", "Wang"): b"red"})


_CHANGES = st.tuples(
    st.sampled_from(["fact", "task"]), st.sampled_from("abc"), st.sampled_from([None, b"1", b"2"])
)
_SCOPES = st.sampled_from(["", "district", VILLAGE, OTHER])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.lists(_CHANGES, max_size=4), _SCOPES, st.booleans()), max_size=12))
def test_whatever_happens_a_gate_ends_with_what_is_meant_for_it(store: SqlStore, story: list[Any]) -> None:
    truth: dict[Any, tuple[bytes, str]] = {}
    copies: dict[str, dict[Any, bytes]] = {VILLAGE: {}, OTHER: {}}
    cursors = dict.fromkeys(copies, 0)
    with store.database.write() as connection:
        connection.run("DELETE FROM item")
        connection.run("UPDATE channel SET newest = 0")
    for changes, scope, looks in [*story, ([], "", True)]:
        store.lists.put("quick", changes, scope)
        for name, key, body in changes:
            truth.pop((name, key), None)
            if body is not None:
                truth[name, key] = (body, scope)
        for branch in copies if looks else ():
            cursors[branch] = pull(store.lists, store, copies[branch], cursors[branch], branch, limit=2)

    for branch, held in copies.items():
        assert held == {
            place: body
            for place, (body, scope) in truth.items()
            if f"{branch}/".startswith(f"{scope}/"[scope == "" :])
        }


def test_a_reader_never_skips_a_version_that_was_committed_late(where: str) -> None:
    """The counter's row is locked until the commit: a later number cannot be seen before an earlier one."""
    writers = [open_store(where) for _ in range(3)]
    done = Event()

    def write(place: int) -> None:
        for number in range(30):
            writers[place].lists.put(
                "quick", [("fact", f"{place}-{number}-{part}", b"x") for part in range(3)]
            )

    def read() -> dict[Any, bytes]:
        held: dict[Any, bytes] = {}
        cursor = 0
        while not done.is_set():
            cursor = pull(writers[0].lists, writers[0], held, cursor)
        pull(writers[0].lists, writers[0], held, cursor)
        return held

    with ThreadPoolExecutor(4) as threads:
        reader = threads.submit(read)
        list(threads.map(write, range(3)))
        done.set()
        assert len(reader.result()) == 270
    assert writers[0].lists.newest("quick") == 270
    for writer in writers:
        writer.close()


def test_a_gate_that_waits_is_woken_by_another_process(where: str) -> None:
    serving, command = open_store(where), open_store(where)
    woken = Event()
    end = serving.lists.subscribe(lambda channel: woken.set() if channel == "people" else None)
    command.lists.put("people", [("person", "1", b"Wang")])

    assert woken.wait(PATIENCE_S)
    end()
    end()
    serving.close()
    command.close()


def test_who_listens_hears_each_channel_once_for_each_change() -> None:
    newest = {"quick": 0, "people": 0}
    heard: list[str] = []
    watcher = Watcher(lambda: newest)
    watcher.look()
    end = watcher.subscribe(heard.append)
    watcher.tell("quick", 1)
    newest["quick"] = 1
    watcher.look()
    newest["people"] = 5
    watcher.look()
    watcher.look()
    end()
    watcher.tell("quick", 2)
    watcher.close()

    assert heard == ["quick", "people"]


def test_what_was_just_told_is_no_news_to_a_look_that_had_begun_before() -> None:
    """It has read the version before, and comes to tell it after our own commit."""
    heard: list[str] = []

    def read() -> dict[str, int]:
        before = dict(newest)
        if newest["people"] == 1:
            newest["people"] = 2
            watcher.tell("people", 2)
        return before

    newest, watcher = {"people": 0}, Watcher(read)
    watcher.look()
    end = watcher.subscribe(heard.append)
    newest["people"] = 1
    watcher.look()
    watcher.look()
    assert heard == ["people"]
    newest["people"] = 3
    watcher.look()
    assert heard == ["people"] * 2
    end()
    watcher.close()


# --- pages that are kept --------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_a_page_that_lacks_none_would_be_made_the_same(store: SqlStore, seed: int) -> None:
    chance, lists, epoch = random.Random(seed), store.lists, store.epoch
    scopes, whole = ["", VILLAGE, OTHER], list[bool]()
    for number in range(60):
        lists.put("people", [("person", str(number), b"new")], chance.choice(scopes))
    for _ in range(12):
        branch, since = chance.choice(scopes), chance.randrange(40)
        page = lists.page("people", epoch, since, 10, branch)
        if chance.random() < 0.7:
            body = chance.choice([b"new", b"other", None])
            lists.put("people", [("person", str(chance.randrange(60)), body)], chance.choice(scopes))
        now = lists.page("people", epoch, since, 10, branch, upto=page.until)

        left = lists.left("people", epoch, since, page.until, branch)
        whole.append(left == len(page.items))
        assert left == len(now.items)
        assert whole[-1] == (now.items == page.items)
        assert (now.until, now.more) == (page.until, page.until < lists.newest("people"))
    assert set(whole) == {True, False}


def test_nothing_is_left_of_another_epoch_or_of_versions_to_come(store: SqlStore) -> None:
    store.lists.put("people", [("person", "1", b"Wang")])
    before = store.epoch

    assert store.lists.left("people", before, 0, 2) == -1
    store.lists.forget_tombstones()
    assert store.lists.left("people", before, 0, 1) == -1
    assert store.lists.left("people", store.epoch, 0, 1) == 1


def test_how_far_down_a_branch_something_is_for_it_alone(store: SqlStore) -> None:
    below = f"{VILLAGE}/gate"
    store.lists.put("people", [("person", "1", b"Wang")])
    assert (store.lists.reach("people", below), store.lists.scopes("people")) == ("", [""])

    store.lists.put("people", [("person", "2", b"Li")], VILLAGE)
    store.lists.put("people", [("person", "2", None)], VILLAGE)
    assert store.lists.reach("people", below) == store.lists.reach("people", VILLAGE) == VILLAGE
    assert store.lists.reach("people", below, "district") == VILLAGE
    assert store.lists.reach("people", OTHER) == ""
    assert store.lists.reach("quick", below) == ""
    assert store.lists.scopes("people") == ["", VILLAGE]
    assert store.lists.scopes("quick") == []
