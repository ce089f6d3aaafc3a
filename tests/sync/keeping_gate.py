"""What people write at a gate besides its roster, each with words of its own (`keeping_world`)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from station.core.audit import Audited, Event
from station.core.entry import to_ms
from station.core.errand import Ending, Errand, ErrandKind
from station.core.handover import Counts, Sheet
from station.core.operators import Who
from station.core.passes import GatePass, Holder
from station.core.shift import ShiftError
from station.core.visit import Announced, Purpose, Visit
from station.journal.audit import put_on_record
from station.journal.cases import Cases
from station.journal.duties import Comer, Duties
from station.journal.errands import Errands
from station.journal.facts import Facts, News, Said
from station.journal.handovers import Handovers
from station.journal.movements import Mover
from station.journal.passes import Passes, SignedPass
from station.journal.proposals import Proposals
from station.journal.reports import Reports, new_id
from station.journal.shifts import Rota
from station.journal.visits import Visits, new_announced_id, new_visit_id
from station.sync.reports import CaseReport, Kind, TaskDone
from tests.journal.samples import passage
from tests.sync.lists_gate import Machine

if TYPE_CHECKING:
    from tests.sync.keeping_world import KeepingWorld

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def _words(world: KeepingWorld, machine: Machine, *whats: str) -> list[str]:
    return [world.word(what, machine.station.hex()) for what in whats]


def visitor(world: KeepingWorld, machine: Machine) -> None:
    now = machine.clock.now()
    name, host = _words(world, machine, "visitor", "host")
    phone = world.word("visitor's phone", machine.station.hex(), phone=True)
    visits = Visits(machine.journal)
    announced = Announced(new_announced_id(), "9-9-909", now, now + _HOUR, 1, name, "1234", host)
    visits.announce([announced], now)
    visit = Visit(new_visit_id(), "9-9-909", Purpose.FAMILY, now, phone, name, announced=announced)
    visits.stage(visit)
    machine.journal.append(passage(at=now), mover=Mover(visit.id, None))


def errand(world: KeepingWorld, machine: Machine) -> None:
    now, errands = machine.clock.now(), Errands(machine.journal)
    sender, note, by = _words(world, machine, "sender", "errand", "who handed over")
    taken = Errand(secrets.token_hex(8), ErrandKind.EXPRESS, "9-9-909", now, from_whom=sender, note=note)
    errands.take(taken)
    if world.random.random() < 0.7:
        errands.close(taken.id, Ending.DONE, now, by)


def shift(world: KeepingWorld, machine: Machine) -> None:
    """Who put themselves down, was on duty, and handed over."""
    now = machine.clock.now()
    helper, remark, next_one = _words(world, machine, "volunteer", "remark of a sheet", "next volunteer")
    rota, duties, handovers = (
        Rota(machine.journal, lambda: "东门"),
        Duties(machine.journal),
        Handovers(machine.journal),
    )
    with suppress(ShiftError):  # somebody planned another one at that time
        for planned in rota.plan([(now + _HOUR, now + 2 * _HOUR, 2)], now):
            rota.sign_up(planned.id, helper, now)
    duties.begin(Comer(helper, lane="1"), now)
    sheet = Sheet(
        gate="东门",
        lane="1",
        began_ms=to_ms(now),
        at_ms=to_ms(now) + 60,
        counts=Counts(passed=1),
        remark=remark,
    )
    handed = handovers.find(handovers.hand_over(sheet, Who(), helper, now))
    assert handed
    handovers.take_over(handed, Comer(next_one, lane="1"), now)
    duties.end("signed_out", now)


def whistle(world: KeepingWorld, machine: Machine) -> None:
    now = machine.clock.now()
    title, text, said = _words(world, machine, "case", "case's text", "said in a case")
    cases = Cases(machine.journal, Reports(machine.journal))
    case = cases.begin(
        CaseReport(
            "whistle", to_ms(now), "fainted", title=title, text=text, picture=b"\xff\xd8" + text.encode()
        ),
        now,
    )
    cases.say(case, "3003", said, now)
    if world.random.random() < 0.5:
        cases.withdraw(case, now)
        return
    for word in (title, text, said):
        world.marks.words[word].over_s = None
    world.ends.append(lambda: _end_case(world, machine, case, [title, text, said]))


def _end_case(world: KeepingWorld, machine: Machine, case: str, words: list[str]) -> None:
    Cases(machine.journal, Reports(machine.journal)).withdraw(case, machine.clock.now())
    world.over(words)


def task_done(world: KeepingWorld, machine: Machine) -> None:
    (note,) = _words(world, machine, "note of a task")
    now = machine.clock.now()
    Reports(machine.journal).put(Kind.TASK_DONE, new_id(), TaskDone("t1", to_ms(now), note=note), now)


def told(world: KeepingWorld, machine: Machine) -> None:
    """What somebody says of a person, and why."""
    now = machine.clock.now()
    by, why, refuser = _words(world, machine, "who told", "why they told", "who refused")
    person = f"p{world.random.randrange(5)}"
    Facts(machine.journal).record(
        News("person", person, "test", "negative", now, "operator"), now=now, said=Said(by, why)
    )
    proposals = Proposals(machine.journal)
    number = proposals.propose(
        News("person", person, "isolation", "home", now, "operator"), by, now=now, note=why
    )
    proposals.reject(number, refuser, now=now)


def recorded(world: KeepingWorld, machine: Machine) -> None:
    (note,) = _words(world, machine, "note of the audit")
    put_on_record(machine.journal, Event(Audited.EXPORTED, note=note), machine.clock.now())


def gate_pass(world: KeepingWorld, machine: Machine) -> None:
    now, passes = machine.clock.now(), Passes(machine.journal)
    days = world.random.randint(1, 20)
    holder, code = (
        world.word(what, machine.station.hex(), lasts_s=days * 86_400.0) for what in ("holder", "pass's code")
    )
    passes.signing_key("东门", now=now)
    given = GatePass(
        id=secrets.token_bytes(8),
        issuer="东门",
        holder=Holder(holder, "3-2-501"),
        issued_at=now,
        valid_until=now + days * _DAY,
    )
    passes.add([SignedPass(given, f"GP1:{code}")], now=now)


HAPPENINGS: tuple[tuple[float, Callable[[KeepingWorld, Machine], None]], ...] = (
    (2, visitor),
    (2, errand),
    (2, shift),
    (2, whistle),
    (1, task_done),
    (2, told),
    (1, recorded),
    (2, gate_pass),
)
