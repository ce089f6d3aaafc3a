"""What people write at the center, each with words of its own (`keeping_world`)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from center.erasing import opener, signer
from center.issuing import trust_of
from center.scope import EVERYWHERE
from center.store.center_passes import CenterPass
from center.store.console_audit import Note
from center.store.erasures import ErasureError
from center.store.health import Event
from center.store.houses import House, HouseSays
from center.store.roster_files import FileSays, HeldRow, RowSays
from center.store.watches import Proposal
from station.sync.items import NoticeItem, PersonItem, TaskItem, encode_item, shared_key
from station.sync.reports import CaseReport
from tests.sync.lists_gate import Machine

if TYPE_CHECKING:
    from tests.sync.keeping_world import KeepingWorld

_DAY_MS = 86_400_000
_BRANCH = "一社区/甲院"


def _words(world: KeepingWorld, *whats: str, lasts_s: float | None = 0.0) -> list[str]:
    return [world.word(what, "center", lasts_s=lasts_s) for what in whats]


def _note(world: KeepingWorld, who: str = "admin") -> Note:
    return Note(world.center_ms, who, "试", "")


def listed(world: KeepingWorld, _: Machine) -> None:
    """Somebody new on the center's list, or written anew."""
    id = f"p{world.random.randrange(6)}"
    name, note = _words(world, "listed", "note on the listed", lasts_s=None)
    person = PersonItem("resident", name, f"{id}-101", note=note, house=_house(world, id))
    world.over(world.listed.pop(id, []))
    world.listed[id] = [name, note]
    world.center.store.lists.put("people", [("person", id, encode_item(person))], _BRANCH)


def _house(world: KeepingWorld, id: str) -> str:
    return shared_key(world.center.keys.district, "dwelling", f"{id}-101")


def off_the_list(world: KeepingWorld, _: Machine) -> None:
    if world.listed:
        id = world.random.choice(sorted(world.listed))
        world.center.store.lists.put("people", [("person", id, None)], _BRANCH)
        world.over(world.listed.pop(id))


def erased(world: KeepingWorld, _: Machine) -> None:
    """By two; with what only the center has of them."""
    if not world.listed:
        return
    id, store, keys = world.random.choice(sorted(world.listed)), world.center.store, world.center.keys
    owner = world.listed[id][0]
    house = House(_BRANCH, _house(world, id), "owner", "", HouseSays(f"{id}-101", owner), world.center_ms)
    with suppress(Exception):
        store.houses.put(house, _note(world))
    (card, door) = _words(world, "health card", "door")
    store.health.add(id, "visit", Event(card), who="duty", at_ms=world.center_ms)
    store.doors.add(id, _BRANCH, door, world.center_ms, _note(world))
    with suppress(ErasureError):
        asked = store.erasures.ask(_BRANCH, id, "本人要求", _note(world, "one"))
        erasure = store.erasures.get(EVERYWHERE, asked)
        assert erasure
        store.erasures.confirm(erasure, opener(keys), signer(keys, erasure), _note(world, "two"))
        world.over([*world.listed.pop(id), card, door], at_once=True)
        world.seen["erased at the center"] += 1


def card(world: KeepingWorld, _: Machine) -> None:
    (said,) = _words(world, "health card")
    world.center.store.health.add(
        f"q{world.random.randrange(3)}", "visit", Event(said), who="duty", at_ms=world.center_ms
    )


def watched(world: KeepingWorld, _: Machine) -> None:
    """Proposed, and refused or in force for some days."""
    reason, answer = _words(world, "reason of a watch", "answer to a watch")
    store, days = world.center.store, world.random.randint(1, 9)
    person = f"w{world.random.randrange(1000)}"
    until_ms = world.center_ms + days * _DAY_MS
    id = store.watches.propose(
        Proposal(_BRANCH, person, "isolation", "isolation", until_ms, False, reason), _note(world, "one")
    )
    watch = store.watches.get(EVERYWHERE, id)
    assert watch
    if world.random.random() < 0.5:
        store.watches.refuse(watch, answer, _note(world, "two"))
        return
    store.watches.verify(watch, answer, _note(world, "two"))
    for text in (reason, answer):
        world.marks.words[text].over_s = until_ms / 1000


def case(world: KeepingWorld, _: Machine) -> None:
    """Of nobody's gate, answered and closed; or later."""
    words = _words(world, "hotline", "hotline's text", "answer", "who goes")
    cases, ms = world.center.store.cases, world.center_ms
    begun = cases.begin(_BRANCH, CaseReport("hotline", ms, "food", words[0], words[1]), ms)
    cases.say(begun.key, "duty", words[2], ms)
    cases.go(begun.key, words[3], ms)
    if world.random.random() < 0.5:
        cases.close(begun.key, "duty", "", ms)
        return
    for text in words:
        world.marks.words[text].over_s = None

    def end() -> None:
        world.center.store.cases.close(begun.key, "duty", "", world.center_ms)
        world.over(words)

    world.ends.append(end)


def answers(world: KeepingWorld, _: Machine) -> None:
    """To whichever case of a gate; the gate reads it."""
    cases = world.center.store.cases
    for one in [one for one in cases.open("") if any(one.station)][:1]:
        answer, going = _words(world, "answer to a gate", "who comes", lasts_s=None)
        cases.say(one.key, "duty", answer, world.center_ms)
        cases.go(one.key, going, world.center_ms)
        cases.close(one.key, "duty", "", world.center_ms)
        world.over([answer, going])


def door(world: KeepingWorld, _: Machine) -> None:
    (name,) = _words(world, "door")
    doors = world.center.store.doors
    doors.revoke(doors.add("q1", _BRANCH, name, world.center_ms, _note(world)), world.center_ms, _note(world))


def center_pass(world: KeepingWorld, _: Machine) -> None:
    ms, days = world.center_ms, world.random.randint(1, 9)
    code = world.word("center's pass", "center", lasts_s=days * 86_400.0)
    one = CenterPass(
        secrets.token_bytes(8),
        _BRANCH,
        f"r{world.random.randrange(1000)}",
        ms,
        ms + days * _DAY_MS,
        None,
        "admin",
        code,
    )
    world.center.store.passes.add(one, trust_of(world.center.keys, _BRANCH, "the compound"), _note(world))


def upload(world: KeepingWorld, _: Machine) -> None:
    """Given up, forgotten, or with rows that are thrown away in the end."""
    (cell,) = _words(world, "cell of an upload")
    files = world.center.store.roster_files
    id = files.keep(_BRANCH, "people", FileSays(cell, ()), _note(world))
    file = files.get(EVERYWHERE, id)
    assert file
    if world.random.random() < 0.3:  # nobody imports it: it goes after a day
        world.marks.words[cell].by_deed = True
        return
    held = HeldRow(
        secrets.token_bytes(16),
        _BRANCH,
        "people",
        world.center_ms,
        "admin",
        (),
        RowSays("f", 1, ("姓名",), (cell,), ()),
    )
    files.finish(file, [held], _note(world))
    world.marks.words[cell].over_s = None

    def end() -> None:
        world.center.store.roster_files.drop_held(held.id, _note(world))
        world.over([cell])

    world.ends.append(end)


def house(world: KeepingWorld, _: Machine) -> None:
    owner, note = _words(world, "owner", "note on a house", lasts_s=None)
    key, houses = secrets.token_hex(32), world.center.store.houses
    houses.put(
        House(_BRANCH, key, "owner", "", HouseSays("9-9-909", owner, note), world.center_ms), _note(world)
    )

    def end() -> None:
        world.center.store.houses.drop(_BRANCH, key, _note(world))
        world.over([owner, note])

    world.ends.append(end)


def rota(world: KeepingWorld, machine: Machine) -> None:
    now = datetime.fromtimestamp(world.true_s, UTC) + timedelta(hours=1)
    volunteer = world.word("volunteer of the rota", "center", lasts_s=8 * 86_400.0)
    world.marks.words[volunteer].by_deed = True  # a shift goes a week after its end
    store = world.center.store.rota
    with suppress(Exception):
        store.add(_BRANCH, "", [(now, now + timedelta(hours=1), 5)], "")
    for one in [one for one in store.all(world.center_ms) if one.item.begin_ms > world.center_ms][:1]:
        store.sign_up(one.key, volunteer, now - timedelta(hours=1))


def pushed(world: KeepingWorld, _: Machine) -> None:
    """A notice and a task, taken back in the end."""
    texts = _words(world, "notice", "task", lasts_s=None)
    key, lists = secrets.token_hex(8), world.center.store.lists
    notice, task = NoticeItem(world.center_ms, texts[0]), TaskItem(world.center_ms, texts[1])
    lists.put("quick", [("notice", key, encode_item(notice)), ("task", key, encode_item(task))], _BRANCH)

    def end() -> None:
        world.center.store.lists.put("quick", [("notice", key, None), ("task", key, None)], _BRANCH)
        world.over(texts)

    world.ends.append(end)


HAPPENINGS: tuple[tuple[float, Callable[[KeepingWorld, Machine], None]], ...] = (
    (4, listed),
    (1, off_the_list),
    (1, erased),
    (1, card),
    (1, watched),
    (2, case),
    (2, answers),
    (1, door),
    (1, center_pass),
    (1, upload),
    (1, house),
    (1, rota),
    (1, pushed),
)
