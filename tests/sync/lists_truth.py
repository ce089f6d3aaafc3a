"""What must hold of every gate when all is calm: it has what the center says, and both signed what was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta

from center.store.lists import only_for
from station.core.entry import to_ms
from station.journal.center_pages import open_whole
from station.journal.center_people import CenterPeople, open_chunk
from station.journal.connection import open_reader
from station.journal.facts import Facts
from station.journal.list_check import damages
from station.journal.upstream import reconciliations
from station.sync import bundle
from station.sync.bundle import Batch
from station.sync.items import CHANNELS, FactItem, PersonItem, decode_item
from station.sync.reconciling import BACK_DAYS, compared, runs_of
from tests.sync.lists_gate import Machine
from tests.sync.lists_world import BAD, World


def wrong(world: World) -> list[str]:
    """What does not hold, of any machine."""
    found = list[str]()
    for number, machine in enumerate(world.machines):
        if _is_out_of_reach(world, machine):
            continue
        for check in CHECKS:
            found += [f"machine {number}: {problem}" for problem in check(world, machine)]
    return found


def _is_out_of_reach(world: World, machine: Machine) -> bool:
    """By stick alone nobody can tell that the center began anew if both clocks were ahead then."""
    cursors = [machine.shelf._lists.cursor(channel) for channel in CHANNELS]
    later = [to_ms(min(one.as_of, one.heard)) for one in cursors if one.as_of and one.heard]
    return any(one.epoch != world.center.store.epoch for one in cursors) and max(later) > world.center_ms


def _told(world: World, machine: Machine, channel: str, name: str) -> dict[str, bytes]:
    """What the center says to this gate."""
    row = world.center.store.stations.get(machine.station)
    assert row
    parts = row.branch.split("/") if row.branch else []
    scopes = {"", only_for(machine.station), *("/".join(parts[: n + 1]) for n in range(len(parts)))}
    every = world.center.store.lists.each_with_scope(channel, name)
    return {item.key: item.body or b"" for item, scope in every if scope in scopes}


def _people(world: World, machine: Machine) -> Iterator[str]:
    told, people = (
        _told(world, machine, "people", "person"),
        CenterPeople(machine.journal.connection, machine.journal.vault),
    )
    items = {person_id: decode_item("person", body) for person_id, body in told.items()}
    for asked in (f"p{number}" for number in range(20)):
        person = people.by_id(asked)
        one_with = [id for id, item in items.items() if isinstance(item, PersonItem) and asked in item.former]
        wanted = [asked] if asked in items else one_with  # who turned out to be one with somebody
        if (person.id if person else None) not in (wanted or (None,)):
            yield f"{asked} is {'here' if person else 'not here'}, {'told' if wanted else 'not told'}"
        elif person and person.item != items[person.id]:
            yield f"{asked} is not as told"


def _items(world: World, machine: Machine) -> Iterator[str]:
    vault, rows = (
        machine.journal.vault,
        machine.journal.connection.execute(
            "SELECT list, key, sealed FROM center_item WHERE sealed NOT NULL AND channel = 'quick'"
        ),
    )
    here = {(name, key): open_whole(vault, name, key, sealed) for name, key, sealed in rows.fetchall()}
    told = {
        (name, key): body
        for name in ("fact", "revoked_pass", "notice", "case")
        for key, body in _told(world, machine, "quick", name).items()
    }
    for place in here.keys() | told.keys():
        if here.get(place) != told.get(place):
            yield f"{place} here: {here.get(place)!r}, told: {told.get(place)!r}"


def _facts(world: World, machine: Machine) -> Iterator[str]:
    told = [decode_item("fact", body) for body in _told(world, machine, "quick", "fact").values()]
    wanted = {(one.about, one.subject, one.kind): one for one in told if isinstance(one, FactItem)}
    rows = machine.journal.connection.execute(
        "SELECT about, subject, kind, value, as_of_ms FROM fact WHERE source = 'center' AND subject <> ''"
        " ORDER BY as_of_ms, position"
    )
    here = {(about, subject, kind): (value, at_ms) for about, subject, kind, value, at_ms in rows.fetchall()}
    for place in here.keys() | wanted.keys():
        one = wanted.get(place)
        if here.get(place) != (one and (one.value, one.as_of_ms)):
            yield f"fact {place} is {here.get(place)}, told {one}"


def _revocations(world: World, machine: Machine) -> Iterator[str]:
    rows = machine.journal.connection.execute("SELECT pass_id FROM pass_revocation")
    here, told = {one.hex() for (one,) in rows}, set(_told(world, machine, "quick", "revoked_pass"))
    own = machine.own_revocations
    if here != told | own:
        yield f"revoked here: {here}, told: {told}, own: {own}"


def _erased(world: World, machine: Machine) -> Iterator[str]:
    """Nothing lies on the disk any more."""
    told = _told(world, machine, "people", "person")
    connection, vault = machine.journal.connection, machine.journal.vault
    for chunk, sealed in connection.execute("SELECT chunk, sealed FROM center_chunk").fetchall():
        for kept in open_chunk(vault, chunk, sealed):
            if kept.body is not None and kept.id not in told:
                yield f"{kept.id} lies in chunk {chunk} still"


def _entries(world: World, machine: Machine) -> Iterator[str]:
    with world.center.store.database.read() as connection:
        rows = connection.rows("SELECT payload FROM segment WHERE station = ?", machine.station)
    there = {one for (payload,) in rows for one in bundle.unpack(bytes(payload), Batch).records}
    here = {one for (one,) in machine.journal.connection.execute("SELECT record FROM entry")}
    if lost := here - there:
        yield f"{len(lost)} of {len(here)} entries are not at the center"
    pending = sum(max(0, chain.length - chain.acked) for chain in machine.reader.chains())
    if pending:
        yield f"{pending} pending"


def _days(world: World, machine: Machine) -> Iterator[str]:
    with closing(open_reader(machine.folder)) as connection:
        kept = {one.day: one for one in reconciliations(connection)}
    today = machine.clock.now().astimezone().date()
    for back in range(1, BACK_DAYS + 1):
        day = today - timedelta(days=back)
        if runs_of(machine.folder, day) and day.isoformat() not in kept:
            yield f"{day} is not signed"
    for name, one in kept.items():
        is_here = bool(runs_of(machine.folder, date.fromisoformat(name)))  # or an older image was put back
        if name < today.isoformat() and is_here and (not one.agreed or compared(one).differences):
            yield f"{name} differs: {compared(one)}"


def _seals(_: World, machine: Machine) -> Iterator[str]:
    yield from (str(one) for one in damages(machine.journal.connection, machine.journal.vault.rows))


def _reds(world: World, machine: Machine) -> Iterator[str]:
    """What somebody said last in truth, if it is bad, counts; whoever said it, by whatever clock."""
    if not world.steady:
        return
    rows = machine.journal.connection.execute(_SAID).fetchall()
    last = dict[tuple[str, str, str], tuple[float, str]]()
    for about, subject, kind, value, source, as_of_ms in rows:
        skew_s = world.center_skew_s if source == "center" else machine.clock.skew_s
        said = as_of_ms / 1000 - skew_s, value
        place = about, subject, kind
        last[place] = max(last.get(place, said), said)
    for (about, subject, kind), (_, value) in last.items():
        shown = {
            one.news.value
            for one in Facts(machine.journal).history(about, subject)  # type: ignore[arg-type]
            if one.counts and one.news.kind == kind
        }
        if value == BAD[kind] and shown != {value}:
            yield f"{subject}'s {kind} is {shown}, and {value} was said last"


_SAID = (  # where it is known how far the clocks were apart
    "SELECT about, subject, kind, value, source, as_of_ms FROM fact AS this WHERE subject <> ''"
    " AND NOT EXISTS (SELECT 1 FROM fact WHERE about = this.about AND subject = this.subject"
    " AND kind = this.kind AND clock_ms IS NULL)"
)
CHECKS = (_people, _items, _facts, _revocations, _erased, _entries, _days, _seals, _reds)
