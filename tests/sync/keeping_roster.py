"""Who lives at a gate: its own list, whose changes are taken back, and whom it erases (`keeping_world`)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING

import msgspec

from station.codekeys import CodeKeys
from station.core.audit import Audited, Event
from station.journal.batches import Batches, UndoRefusedError
from station.journal.erasing import erase, find_traces
from station.journal.mentions import find_mentions
from station.journal.movements import Mover
from station.journal.people import People
from station.journal.person import Person
from tests.journal.samples import passage
from tests.sync.lists_gate import Machine

if TYPE_CHECKING:
    from tests.sync.keeping_world import KeepingWorld


@dataclass
class Resident:
    """On a gate's own list."""

    person: Person
    words: list[str]
    station: bytes


def passes_by(world: KeepingWorld, machine: Machine) -> None:
    """A stranger with a code."""
    now = machine.clock.now()
    code = world.word("code", machine.station.hex())
    key = CodeKeys(machine.journal).of(code)
    world.marks.keys[key] = code
    shared = machine.journal.code_pairs.get(key)
    if shared:
        world.marks.keys[shared] = code
    machine.journal.append(passage(at=now), key.encode(), mover=Mover(key, None))


def comes_home(world: KeepingWorld, machine: Machine) -> None:
    """A resident of the gate's own list shows their code."""
    theirs = [one for one in world.residents if one.station == machine.station]
    if theirs:
        one = world.random.choice(theirs)
        entry = msgspec.structs.replace(passage(at=machine.clock.now()), person_id=one.person.id)
        key = CodeKeys(machine.journal).of(one.person.codes[0])
        machine.journal.append(entry, key.encode(), mover=Mover(one.person.id, None))


def moves_in(world: KeepingWorld, machine: Machine) -> None:
    """By a list; some lists are taken back."""
    end, people = machine.station.hex(), People(machine.journal)
    name, note, code = (world.word(what, end, lasts_s=None) for what in ("name", "note on them", "own code"))
    phone = world.word("phone", end, lasts_s=None, phone=True)
    person = Person(
        people.id_for(name, "3-2-501"), name, "3-2-501", "resident", (code,), phones=(phone,), note=note
    )
    by = world.word("whose list", end, lasts_s=None)
    people.add([person], as_of=machine.clock.now(), kind="import", by=by)
    world.marks.keys[machine.journal.vault.code_key(code)] = code
    world.residents.append(Resident(person, [name, note, code, phone], machine.station))
    world.over([by])


def one_of(world: KeepingWorld, machine: Machine) -> Resident | None:
    theirs = [one for one in world.residents if one.station == machine.station]
    return world.random.choice(theirs) if theirs else None


def is_changed(world: KeepingWorld, machine: Machine) -> None:
    if one := one_of(world, machine):
        note = world.word("note on them", machine.station.hex(), lasts_s=None)
        by = world.word("who changed it", machine.station.hex())
        changed = replace(one.person, note=note)
        People(machine.journal).add([changed], as_of=machine.clock.now(), by=by)
        world.over([one.person.note])
        one.words = [note if text == one.person.note else text for text in one.words]
        one.person = changed


def moves_out(world: KeepingWorld, machine: Machine) -> None:
    if one := one_of(world, machine):
        why, by = (world.word(what, machine.station.hex()) for what in ("why they went", "who said so"))
        People(machine.journal).remove([one.person.id], now=machine.clock.now(), by=by, why=why)
        leaves(world, one)


def leaves(world: KeepingWorld, one: Resident) -> None:
    world.residents.remove(one)
    world.former[one.person.id] = one
    world.over(one.words)


def is_erased(world: KeepingWorld, machine: Machine) -> None:
    """At the gate, with what others wrote of them."""
    if one := one_of(world, machine):
        journal, now = machine.journal, machine.clock.now()
        traces = find_traces(journal.connection, journal.vault, one.person.id)
        mentions = find_mentions(journal.connection, journal.vault, one.person.id)
        done = erase(journal, traces, Event(Audited.ERASED), now=now, zone=UTC, mentions=mentions)
        if not done.clean:
            world.watch(machine).left_untidy()
        world.residents.remove(one)
        world.over(one.words, at_once=True)
        world.seen["erased at a gate"] += 1


def is_put_right(world: KeepingWorld, machine: Machine) -> None:
    """Any change of the roster is taken back, if that is offered."""
    batches = Batches(machine.journal)
    offered = [one for one in batches.all() if not one.undone and one.people and one.kind != "undo"]
    if offered:
        with suppress(UndoRefusedError):
            batches.undo(world.random.choice(offered).id, now=machine.clock.now())
            world.seen["undone"] += 1
            settle_roster(world, machine)


def settle_roster(world: KeepingWorld, machine: Machine) -> None:
    """Who is on the list by now, and with which note."""
    there = {one.id: one for one in People(machine.journal).everybody()}
    for one in [one for one in world.residents if one.station == machine.station]:
        now = there.pop(one.person.id, None)
        if now is None:
            leaves(world, one)
        elif now.note != one.person.note:
            world.over([one.person.note])
            one.words = [now.note if text == one.person.note else text for text in one.words]
            one.person = replace(one.person, note=now.note)
            world.marks.words[now.note].over_s = None
    for id, person in there.items():  # again
        one = world.former.pop(id)
        code = one.person.codes
        one.words, one.person = [person.name, person.note, *person.phones, *code], replace(person, codes=code)
        for text in one.words:
            world.marks.words[text].over_s = None
        world.residents.append(one)


HAPPENINGS: tuple[tuple[float, Callable[[KeepingWorld, Machine], None]], ...] = (
    (6, passes_by),
    (4, comes_home),
    (3, moves_in),
    (3, is_changed),
    (1, moves_out),
    (2, is_erased),
    (1, is_put_right),
)
