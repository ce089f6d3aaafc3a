"""What must hold of every gate when all is calm: it has what the center says, and both signed what was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date, datetime, timedelta

from center.scope import EVERYWHERE
from center.store.lists import only_for
from center.store.policies import in_force
from station.codes.lists import BroughtList, parse_list
from station.core.entry import to_ms
from station.core.policy import digest
from station.journal.center_pages import open_whole
from station.journal.center_people import CenterPeople, open_chunk
from station.journal.connection import open_reader
from station.journal.facts import Facts
from station.journal.list_check import damages
from station.journal.policies import Policies, standing
from station.journal.upstream import reconciliations
from station.sync import bundle
from station.sync.bundle import Batch, Difference
from station.sync.items import CHANNELS, FactItem, PersonItem, PolicyItem, TrustItem, decode_item, encode_item
from station.sync.reconciling import BACK_DAYS, MOST_OPEN, compared, open_days, runs_of
from station.trustfolder import TrustFolder
from tests.journal.samples import NOON
from tests.sync.lists_gate import Machine
from tests.sync.lists_newer import PROGRAMS, is_of_tomorrow
from tests.sync.lists_world import BAD, World


def wrong(world: World) -> list[str]:
    """What does not hold, of any machine."""
    found = list(world.wrong)
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
        for name in CHANNELS["quick"]
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
    strange = {place for place, one in wanted.items() if _is_strange(machine, "fact", encode_item(one))}
    for place in (here.keys() | wanted.keys()) - strange:
        one = wanted.get(place)
        if here.get(place) != (one and (one.value, one.as_of_ms)):
            yield f"fact {place} is {here.get(place)}, told {one}"


def _revocations(world: World, machine: Machine) -> Iterator[str]:
    rows = machine.journal.connection.execute("SELECT pass_id FROM pass_revocation")
    here, told = {one.hex() for (one,) in rows}, _told(world, machine, "quick", "revoked_pass")
    strange = {key for key, body in told.items() if _is_strange(machine, "revoked_pass", body)}
    own = machine.own_revocations
    if (here - strange) | own != (told.keys() - strange) | own or not own <= here:
        yield f"revoked here: {here}, told: {set(told)}, own: {own}"


def _is_strange(machine: Machine, list_name: str, body: bytes) -> bool:
    """Its program does not understand that yet: what it knew before counts, or nothing."""
    return machine.program != PROGRAMS[-1] and is_of_tomorrow(list_name, body)


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
    left = open_days(machine.folder, machine.clock.now())
    for name, one in kept.items():
        if len(left) >= MOST_OPEN and date.fromisoformat(name) < left[0]:
            continue  # a clock that is a year ahead: its turn comes in an hour or two
        runs = runs_of(machine.folder, date.fromisoformat(name))
        last = {run.incarnation: run.last for run in runs}
        found = compared(one)
        left = [gap for gap in found.differences if not _went_with_the_disk(gap, last)]
        if name < today.isoformat() and runs and (not one.agreed if not found.differences else left):
            yield f"{name} differs: {found}"


def _went_with_the_disk(gap: Difference, last: Mapping[int, int]) -> bool:
    """An older image was put back before the center had these: nobody has them, and it is rightly said."""
    return gap.what == "missing" and gap.first > last.get(gap.incarnation, 0)


def _policies(world: World, machine: Machine) -> Iterator[str]:
    """What holds for its branch; where nobody ever said, the gate's own."""
    policies, row = world.center.store.policies, world.center.store.stations.get(machine.station)
    assert row
    every, moments = policies.activations(), _moments(world, machine)
    if any(one.made_ms > world.center_ms for one in every):
        return  # by a clock that was ahead: what it said was past is told no more
    moments += [one.at_ms for one in every if min(moments) < one.at_ms < max(moments)]
    wanted = {in_force(every, row.branch, at_ms) for at_ms in moments}
    texts = {version.toml for one in wanted if one and (version := policies.get(EVERYWHERE, one.policy))}
    here = standing(Policies(machine.journal).history()).activated
    if any(_is_strange(machine, "policy", encode_item(PolicyItem(text, 0))) for text in texts):
        return  # the one before goes on
    if None not in wanted and (here is None or here.text not in texts):
        yield f"policy {here and here.digest} is in force, and {sorted(map(digest, texts))} was said"


def _moments(world: World, machine: Machine) -> list[int]:
    """What time it may be there, by the center's clock: where nothing measures it, by the gate's, too."""
    as_of, off_ms = machine.shelf._lists.cursor("quick").as_of, machine.journal.clock_off() or 0
    by_exchanges = to_ms(machine.clock.now()) + off_ms
    return [world.center_ms - 10_000, world.center_ms, max(by_exchanges, to_ms(as_of) if as_of else 0)]


def _trust(world: World, machine: Machine) -> Iterator[str]:
    """Of each issuer the newest list that is told; a newer one that came under such a name stays."""
    told = {
        key: item for key, body in _told(world, machine, "quick", "trust").items() if (item := _list(body))
    }
    folder = TrustFolder(machine.folder)
    stored = [folder.in_force(one) for one in folder.ids()]
    here = {one.read().name: (one.read(), one.source.removeprefix("center:")) for one in stored}
    for name in here.keys() | {one.name for one in told.values()}:
        newest = max((one for one in told.values() if one.name == name), key=_date, default=None)
        held, source = here.get(name, (None, ""))
        if newest is None:
            yield f"list {name} is in force, from {source}, and nobody tells it"
        elif held is None or held.as_of < newest.as_of or source not in told:
            yield f"list {name} is {held and held.as_of} from {source}, told: {newest.as_of}"


def _list(body: bytes) -> BroughtList | None:
    item = decode_item("trust", body)
    return parse_list(item.text, issuer=None, as_of=NOON) if isinstance(item, TrustItem) else None


def _date(brought: BroughtList) -> datetime:
    return brought.as_of


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
CHECKS = (
    *(_people, _items, _facts, _revocations, _erased, _entries, _days, _seals, _reds),
    *(_policies, _trust),
)
