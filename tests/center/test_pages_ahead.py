"""After an import pages are there before gates come; one change is one page, and the erased are in none."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from center.http import lists
from center.http.office import Office
from center.http.pages_ahead import PagesAhead
from center.http.shared_pages import Asked, SharedPage
from station.sync.bundle import Page
from station.sync.items import MOST_ITEMS, PersonItem, encode_item
from station.sync.people_chunks import read_chunk
from tests.center.gate import Gate, signed_page
from tests.center.office import Center, open_center

WEST = "district/west"


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    with open_center(tmp_path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MOST_ITEMS, "people", 10)


def person(number: int, name: str = "name") -> tuple[str, str, bytes]:
    return "person", f"p{number}", encode_item(PersonItem("resident", f"{name} {number}"))


def put(center: Center, numbers: range, branch: str = "", name: str = "name") -> None:
    center.store.lists.put("people", [person(number, name) for number in numbers], branch)


def make_ahead(center: Center, rest: Callable[[], None] = lambda: None) -> bool:
    """In the center's own thread, as it does it."""

    async def sleep(seconds: float) -> None:
        rest()

    async def made() -> bool:
        return await PagesAhead(center.office, sleep).make_all(center.office.wakes.changes("people"))

    portal = center.client.portal
    assert portal is not None
    return bool(portal.call(made))


def ready(center: Center) -> dict[tuple[str, int], int]:
    """Of branches, and where pages begin: how many people are in them."""
    kept = center.office.pages._kept
    return {(asked.branch, asked.since): one.page.count for asked, one in kept.items()}


def pulled(center: Center, gate: Gate) -> list[Page]:
    pages, since = list[Page](), 0
    while not pages or pages[-1].more:
        target = f"/v1/pull?channel=people&since={since}&limit=10&takes=chunks"
        pages.append(signed_page(gate.get(center.client, target), center.keys.public_key))
        since = pages[-1].until
    return pages


def names(pages: list[Page]) -> dict[str, str | None]:
    every = [one for page in pages for chunk in page.people.chunks for one in read_chunk(chunk)]
    read = msgspec.msgpack.Decoder(PersonItem).decode
    return {one.id: None if one.body is None else read(one.body).name for one in every}


def made_now(center: Center, monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """Which pages are made from now on."""
    made, make = list[Asked](), lists._made

    def noted(office: Office, asked: Asked, upto: int | None, station: bytes | None) -> SharedPage:
        made.append(asked)
        return make(office, asked, upto, station)

    monkeypatch.setattr(lists, "_made", noted)
    return made


def test_after_an_import_every_full_page_is_there_before_a_gate_comes(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(center, range(34))
    put(center, range(40, 58), WEST)
    assert make_ahead(center)

    assert ready(center) == {
        **{("", since): 10 for since in (0, 10, 20)},
        **{(WEST, since): 10 for since in (0, 10, 20, 30)},
        (WEST, 40): 10,
    }
    made = made_now(center, monkeypatch)
    assert len(names(pulled(center, center.know(Gate(1), WEST)))) == 52
    assert len(names(pulled(center, center.know(Gate(2), "district/east")))) == 34
    assert {(asked.branch, asked.since) for asked in made} == {(WEST, 50), ("", 30)}  # the ends


def test_gates_of_branches_that_nothing_is_for_alone_share_their_pages(center: Center) -> None:
    put(center, range(30))
    for number, branch in enumerate(["", WEST, "district/east/3", "elsewhere"], start=1):
        assert len(names(pulled(center, center.know(Gate(number), branch)))) == 30

    assert {branch for branch, _ in ready(center)} == {""}


def test_what_is_for_a_branch_alone_for_the_first_time_reaches_it_though_its_pages_were_shared(
    center: Center,
) -> None:
    gate = center.know(Gate(1), WEST)
    put(center, range(30))
    pulled(center, gate)
    put(center, range(90, 95), WEST)

    assert set(names(pulled(center, gate))) == {
        *(f"p{n}" for n in range(30)),
        *(f"p{n}" for n in range(90, 95)),
    }


def test_it_reaches_it_too_if_it_comes_while_the_shared_page_is_made(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cursor that had gone past it would never come back."""
    gate = center.know(Gate(1), WEST)
    put(center, range(5))
    pulled(center, gate)
    page = center.store.lists.page

    def late(*asked: object, **more: object) -> object:
        monkeypatch.setattr(center.store.lists, "page", page)
        put(center, range(90, 93), WEST)
        return page(*asked, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(center.store.lists, "page", late)

    assert set(names(pulled(center, gate))) == {*(f"p{n}" for n in range(5)), "p90", "p91", "p92"}


def test_one_change_is_one_page_anew(center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    put(center, range(50))
    make_ahead(center)
    made = made_now(center, monkeypatch)
    put(center, range(23, 24), name="new name")
    make_ahead(center)

    assert [asked.since for asked in made] == [20, 50]
    assert ready(center) == {("", since): 9 if since == 20 else 10 for since in (0, 10, 20, 30, 40)}
    told = names(pulled(center, center.know(Gate(1))))
    assert (len(told), told["p23"], told["p24"]) == (50, "new name 23", "name 24")


def test_whoever_was_erased_is_in_no_page_that_is_given(center: Center) -> None:
    put(center, range(50))
    make_ahead(center)
    center.store.lists.put("people", [("person", "p7", None)])
    pages = pulled(center, center.know(Gate(1)))

    assert names(pages)["p7"] is None
    assert not any(
        one.id == "p7" for chunk in pages[0].people.chunks for one in read_chunk(chunk)
    )  # their data lay there


def test_whoever_moved_to_another_branch_is_not_told_to_the_former_one_any_more(center: Center) -> None:
    put(center, range(20), WEST)
    make_ahead(center)
    put(center, range(3, 4), "district/east")

    told = names(pulled(center, center.know(Gate(1), WEST)))
    assert (told["p3"], len(told)) == (None, 20)


def test_a_change_meanwhile_ends_it(center: Center) -> None:
    put(center, range(50))

    assert not make_ahead(center, lambda: center.office.wakes.heard("people"))
    assert len(ready(center)) == 1


def test_no_more_is_made_than_is_kept(center: Center) -> None:
    put(center, range(50))
    center.office.pages._most = 3
    assert make_ahead(center)

    assert len(ready(center)) == 3


def test_pages_of_an_epoch_that_is_over_are_not_given(center: Center) -> None:
    put(center, range(50))
    make_ahead(center)
    center.store.lists.put("people", [("person", "p7", None)])
    center.store.lists.forget_tombstones()

    assert len(names(pulled(center, center.know(Gate(1))))) == 49


class Follower:
    """A gate that asks for a page now and then, and what it holds."""

    def __init__(self, center: Center, number: int, branch: str) -> None:
        self.center, self.branch, self.since = center, branch, 0
        self.gate = center.know(Gate(number), branch)
        self.held: dict[str, str] = {}

    def pull(self) -> bool:
        """One page; whether more follow."""
        target = f"/v1/pull?channel=people&since={self.since}&limit=10&takes=chunks"
        page = signed_page(self.gate.get(self.center.client, target), self.center.keys.public_key)
        for who, name in names([page]).items():
            self.held.pop(who, None)
            self.held |= {who: name} if name is not None else {}
        self.since = page.until
        return page.more


@pytest.mark.parametrize("seed", range(5))
def test_whatever_changes_between_pages_every_gate_ends_with_what_is_for_its_branch(
    center: Center, seed: int
) -> None:
    chance, scope = random.Random(seed), dict[str, str]()
    branches = ["", WEST, "district/east", "district/east/3"]
    gates = [Follower(center, number, branch) for number, branch in enumerate(branches, start=1)]
    now: dict[str, str] = {}

    def change() -> None:
        first, length = chance.randrange(80), chance.choice([1, 1, 3, 25])
        branch, name = chance.choice(["", "", WEST, "district/east"]), f"name {chance.random()}"
        gone = chance.random() < 0.3
        some = [person(number, name) for number in range(first, first + length)]
        center.store.lists.put("people", [(*one[:2], None if gone else one[2]) for one in some], branch)
        for number in range(first, first + length):
            scope[f"p{number}"] = branch
            now.pop(f"p{number}", None)
            now.update({} if gone else {f"p{number}": f"{name} {number}"})

    for _ in range(60):
        chance.choice([change, lambda: make_ahead(center), *(gate.pull for gate in gates)])()
    for gate in gates:
        while gate.pull():
            pass
        wanted = {who: name for who, name in now.items() if f"{gate.branch}/".startswith(f"{scope[who]}/")}
        wanted |= {who: name for who, name in now.items() if not scope[who]}
        assert gate.held == wanted
