"""Anything may happen at a gate, in any order, and every list agrees with a plain model on who is inside.

The lane, the journal, the rosters and the desks are the real ones; `inside_model` is what they are held
against: the evacuation list, the page, the limit, the sheet of the shift, looking back, same way twice.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from station.codekeys import CodeKeys
from station.core.entry import amendment
from station.core.facts import FactKind
from station.core.model import Direction, Severity, Vouch
from station.core.outcome import Corrected, Recorded
from station.core.override import Override, OverrideError, OverrideReason, Role
from station.core.policy import parse_policy
from station.core.visit import Purpose, Visit, is_visit
from station.duty_facts import Live, Where, draft
from station.journal.batches import Batches, Relation
from station.journal.center_lists import CenterLists
from station.journal.check import check
from station.journal.lookbacks import Kept, Task, _report
from station.journal.people import Person
from station.journal.presence import Presence
from station.journal.pruning import Pruner
from station.journal.retention import Eraser
from station.journal.visits import new_visit_id
from station.knowing import Knowing
from station.presence_desk import StationPresenceDesk
from station.recording import Lane
from station.ui.admin.inside_desk import Seen
from tests.inside_model import Truth, Went
from tests.journal.given import Channel, enrol, gone, person
from tests.lane import OPEN_TEXT, Gate

IN, OUT = Direction.IN, Direction.OUT
LIMITED = parse_policy(
    OPEN_TEXT.replace("[occupancy]", "[occupancy]").replace("limit = 0 ", "limit = 40 ", 1)
)
PEOPLE = {
    "p1": Person("p1", "张小强", "3-2-501", "resident", ("token-zhang",)),
    "p3": Person("p3", "张小宝", "3-2-501", "resident"),
    "w1": Person("w1", "孙宝山", "", "worker", ("token-sun",)),
    "w2": Person("w2", "赵师傅", "", "courier"),
    "t1": Person("t1", "王秀英", "3-2-101", "resident", ("token-wang",)),
}
FANG = ("王芳", "3-3-301")
PEOPLE["o1"] = Person("o1", *FANG, "resident")  # on the center's list as well
CENTER = {"c1": ("resident", "token-fang"), "c2": ("courier", "token-qian"), "c3": ("worker", "a third")}
OWN = ("token-zhang", "token-sun", "token-wang", "a stranger", "another stranger")
CODES = (*OWN, "token-fang", "token-qian", "a third")
SHOWN = (*CODES, "a visitor's")
WAYS = st.sampled_from(Direction)
IDS = st.sampled_from(sorted(PEOPLE))
TEXTS, BOUND = st.sampled_from(CODES), st.sampled_from(OWN)
HOT = st.sampled_from([36.4, 36.4, 36.4, 36.5, 38.6])


class AnyComings(RuleBasedStateMachine):
    """`truth` is told what each volunteer did, and what became of it on the screen."""

    @initialize(center=st.booleans())
    def begin(self, *, center: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="inside-"))
        self.gate = Gate(self.folder, policy=LIMITED)
        self.people, self.clock = self.gate.people, self.gate.clock
        self.people.remove(["p1", "p2"], now=self.clock.now())
        self.truth, self.heard, self.count = Truth(), len(self.gate.heard), 0
        self.batches = list[int]()
        for one in PEOPLE:
            self.moves_in(one)
        self.moves_out("o1")
        if center:
            self._is_enrolled()
        self.people.relate([Relation("p3", "guardian", "p1")], now=self.clock.now())
        self.desk = StationPresenceDesk(
            lambda: self.gate.journal, lambda: Lane("1", IN, gate="east"), lambda: LIMITED, self.clock, UTC,
            stay_hours=lambda: 12.0,
        )  # fmt: skip

    def _is_enrolled(self) -> None:
        enrol(self.gate.journal)
        self.keys = CodeKeys(self.gate.journal)
        self.keys.refresh()
        self.gate.roster = Knowing(self.people, self.keys, self.gate.journal)
        self.gate.code_key = self.keys.of
        self.gate.open()
        self.channel = Channel(CenterLists(self.gate.journal), self.gate.journal, "people")
        self.center_tells("c1", "王芳", *FANG[1:], codes=("token-fang",))
        self.center_tells("c0", "王小芳", *FANG[1:])
        self.center_tells("c2", "钱七", category="courier", codes=("token-qian",))
        self.truth.housed |= {"c0", "c1"}

    # --- people come and go ---------------------------------------------------------------------

    @rule(code=TEXTS, way=WAYS, value=HOT)
    def with_a_code(self, code: str, way: Direction, value: float) -> None:
        who = self.truth.who(code)
        self._ready(way)
        self.gate.show(code)
        self._measured(who, way, value)

    @rule(who=IDS, way=WAYS, value=HOT)
    def picked_by_name(self, who: str, way: Direction, value: float) -> None:
        if who not in self.truth.category:
            return
        self._ready(way)
        self.gate.checkpoint.no_code(Vouch.KNOWN, who)
        self._measured(who, way, value)

    @rule(way=WAYS)
    def child_is_brought(self, way: Direction) -> None:
        self.picked_by_name("p1", way, 36.4)
        if {"p1", "p3"} <= set(self.truth.category):
            self.gate.checkpoint.no_code(Vouch.KNOWN, "p3", "p1")
            self._measured("p3", way, 36.4)

    @rule(way=WAYS)
    def known_by_nothing(self, way: Direction) -> None:
        """On no list: nobody could say when they go."""
        self._ready(way)
        self.gate.checkpoint.no_code(Vouch.STRANGER)
        self._measured("", way, 36.4)

    @rule(
        code=st.sampled_from(["a visitor's", "a stranger", None]),
        way=WAYS,
        name=st.sampled_from(["", "李红"]),
    )
    def visitor(self, code: str | None, way: Direction, name: str) -> None:
        self._ready(way)
        visit = Visit(new_visit_id(), "3-2-501", Purpose.OTHER, self.clock.now(), name=name)
        free = code is not None and code not in self.truth.owner
        self.gate.visiting.begin(visit, with_code=code is not None)
        if code is not None:
            who = visit.id if free else self.truth.who(code)
            self.gate.show(code)
            self.gate.visiting.await_no_more()
            if free:
                self.truth.visit_of[code] = visit.id
        else:
            who = visit.id
            self.gate.checkpoint.no_code(Vouch.STRANGER, visit.id)
        self._measured(who, way, 36.4)

    def _ready(self, way: Direction) -> None:
        self.clock.move(200)
        self.gate.checkpoint.tick()
        self.gate.checkpoint.turn(way)
        self.gate.leave()

    def _measured(self, who: str, way: Direction, value: float) -> None:
        before = {"last": self.truth.last(who) if who else None, "limited": len(self.truth.limited(who))}
        self.gate.leave()
        self.gate.measure(value)
        self.gate.leave()
        told = [one for one in self.gate.heard[self.heard :] if isinstance(one, Recorded)]
        self.heard = len(self.gate.heard)
        assert told, who
        passed = [one for one in told[1:] if one.decision.severity is Severity.PASS]
        assert not passed, "a fever after a code that needs no reading is an entry of its own"
        entry = told[0].stored.entry
        assert entry.direction == way
        facts = {fact.kind: fact.value for fact in entry.facts}
        if who:
            assert facts.get(FactKind.LAST_PASSAGE) == before["last"], (who, facts, before)
            assert facts.get(FactKind.OCCUPANCY) == str(before["limited"]), (who, facts, before)
            self.truth.went.append(Went(entry.id, who, way, entry.at, entry.decision is Severity.PASS))

    # --- and are taken for something else ---------------------------------------------------------

    @rule(to=st.sampled_from(Severity), role=st.sampled_from(Role))
    def verdict_is_corrected_at_once(self, to: Severity, role: Role) -> None:
        with suppress(OverrideError):
            self.gate.checkpoint.correct(Override(to, OverrideReason.MISTAKE, "volunteer", role))
        for one in self.gate.heard[self.heard :]:
            if isinstance(one, Corrected):
                entry = one.stored.entry
                self.truth.correct(entry.amends or b"", passed=entry.decision is Severity.PASS)
        self.heard = len(self.gate.heard)

    @rule(which=st.integers(0, 5), to=st.sampled_from([Severity.PASS, Severity.STOP]))
    def verdict_is_corrected_in_the_evening(self, which: int, to: Severity) -> None:
        if which >= len(self.truth.went):
            return
        went = self.truth.went[-1 - which]
        stored = {one.stored.entry.id: one.stored for one in self.gate.of(Recorded)}.get(went.entry)
        if stored is None:
            return  # a mark by hand
        self.clock.move(1)
        self.count += 1
        now, one = self.clock.now(), self.count.to_bytes(16, "big")
        entry = amendment(stored, to, id=one, at=now, mono=self.clock.mono, boot=self.clock.boot)
        self.gate.journal.append(entry)
        self.gate.checkpoint.amended(entry)
        self.truth.correct(went.entry, passed=to is Severity.PASS)

    @rule(which=st.integers(0, 5), away=st.booleans())
    def marked_by_hand(self, which: int, *, away: bool) -> None:
        """An admin says that somebody left, or came home, unseen."""
        now = self.desk.now()
        people = now.away if away else (*now.others, *now.residents)
        if which >= len(people):
            return
        one = people[which]
        self.clock.move(1)
        self.desk.mark(one, left=not away)
        who, way = self._code(one.subject), IN if away else OUT
        if who not in self.truth.category:
            who = self.truth.last_under(who)
        self.truth.went.append(Went(b"", who, way, self.clock.now(), passed=True))

    # --- the roster changes -----------------------------------------------------------------------

    @rule(who=IDS)
    def moves_in(self, who: str) -> None:
        person = PEOPLE[who]
        if who in self.truth.category or any(code in self.truth.owner for code in person.codes):
            return
        self.clock.move(1)
        self.people.add([person], as_of=self.clock.now())
        self.truth.category[who] = person.category
        if person.dwelling:
            self.truth.housed.add(who)
        if who == "o1":
            self.truth.known_as["c1"] = "o1"
        for code in person.codes:
            self.truth.owner[code] = who
        self._tidy()

    @rule(who=IDS)
    def moves_out(self, who: str) -> None:
        if who in self.truth.category:
            self.people.remove([who], now=self.clock.now())
            self._gone(who)

    @rule(who=IDS, code=BOUND)
    def gets_a_code(self, who: str, code: str) -> None:
        if who in self.truth.category and code not in self.truth.owner:
            self.people.bind(who, code, now=self.clock.now())
            self.truth.owner[code] = who

    @rule(code=BOUND)
    def loses_a_code(self, code: str) -> None:
        if who := self.truth.owner.pop(code, None):
            self.people.unbind(who, [self.gate.journal.vault.code_key(code)], now=self.clock.now())

    @rule(who=IDS, and_back=st.booleans())
    def list_is_undone(self, who: str, *, and_back: bool) -> None:
        """An import of one, taken back while they are inside."""
        if who in self.truth.category:
            return
        self.moves_in(who)
        if who not in self.truth.category:
            return
        self.clock.move(1)
        Batches(self.gate.journal).undo(self.people.newest_batch(), now=self.clock.now())
        self._gone(who)
        if and_back:
            self.moves_in(who)

    def _gone(self, who: str) -> None:
        del self.truth.category[who]
        if who == "o1":
            del self.truth.known_as["c1"]
        self.truth.owner = {code: owner for code, owner in self.truth.owner.items() if owner != who}

    def center_tells(
        self, who: str, name: str, dwelling: str = "", *, category: str = "resident",
        codes: tuple[str, ...] = (), former: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.truth.listed[who] = category
        self.truth.center |= dict.fromkeys(codes, who)
        item = person(who, name, dwelling, category=category, codes=codes, former=former)
        self.channel.give(item, *(gone("person", one) for one in former))
        self._tidy()

    def _tidy(self) -> None:
        """As the gate does by and by: then who is in both rosters is one."""
        while CenterLists(self.gate.journal).tidy():
            pass

    @rule()
    def center_knows_whose_a_code_is(self) -> None:
        """Who came by it before is theirs."""
        if "c2" in self.truth.listed and "c3" not in self.truth.listed:
            self.center_tells("c3", "吴九", category="worker", codes=("a third",))

    @rule()
    def two_turn_out_to_be_one(self) -> None:
        if "c0" in self.truth.listed:
            del self.truth.listed["c0"]
            self.truth.known_as["c0"] = "c1"
            self.center_tells("c1", *FANG, codes=("token-fang",), former=("c0",))

    @rule(who=st.sampled_from(["c0", "c1", "c2", "c3"]), way=WAYS)
    def picked_of_the_centers_list(self, who: str, way: Direction) -> None:
        if who in self.truth.listed:
            self._ready(way)
            self.gate.checkpoint.no_code(Vouch.KNOWN, who)
            self._measured(self.truth.is_now(who), way, 36.4)

    # --- time -------------------------------------------------------------------------------------

    @rule(hours=st.sampled_from([-30.0, -5.0, -0.1, 0.1, 5.0, 30.0]))
    def clock_is_set(self, hours: float) -> None:
        self.clock.wall += timedelta(hours=hours)
        self.gate.checkpoint.tick()

    @rule()
    def nobody_comes_for_a_month(self) -> None:
        """Where no center has to take them first, passages are forgotten; with a wrong clock it waits."""
        self.clock.move(31 * 86400.0)
        before = self.clock.now() - timedelta(days=30)
        if not self.truth.listed and all(one.at < before for one in self.truth.went):
            Eraser(self.gate.journal, before, self.clock.now()).run()
            Pruner(self.gate.journal, before, self.clock.now()).run()
            self.truth.went.clear()
            self.truth.visit_of.clear()
            self.new_start()

    @rule()
    def new_start(self) -> None:
        self.gate.checkpoint.tick()
        self.clock.boot += "'"
        self.gate.open()
        self.heard = len(self.gate.heard)

    # --- what always holds --------------------------------------------------------------------------

    def _code(self, subject: str) -> str:
        keys = {self.gate.journal.vault.code_key(code): code for code in SHOWN}
        return keys.get(subject, subject)

    def _text(self, subject: str) -> str:
        return self.truth.is_now(self._code(subject))

    def _subjects(self, people: tuple[Seen, ...]) -> list[str]:
        return sorted(self._text(one.subject) for one in people)

    @invariant()
    def everybody_is_where_the_volunteers_let_them(self) -> None:
        if not hasattr(self, "desk"):
            return
        now, truth = self.desk.now(), self.truth
        inside, residents = truth.all(IN), truth.residents()
        assert self._subjects(now.residents) == sorted(residents)
        assert self._subjects(now.others) == sorted(inside - residents)
        at_home = {one for one in truth.all(OUT) if truth.kind(one) == "resident"}
        assert self._subjects(now.away) == sorted(at_home)

    def teardown(self) -> None:
        if not hasattr(self, "desk"):
            return
        try:
            self._sheets_agree()
            self.each_is_told_alike()
        finally:
            self.gate.journal.close()
            report = check(self.folder)
            shutil.rmtree(self.folder)
        assert report.ok

    def _sheets_agree(self) -> None:
        """The list for a fire, the shift's sheet, and the visitors' page."""
        truth, journal = self.truth, self.gate.journal
        inside, residents = truth.all(IN), truth.residents()
        fire = self.desk.evacuation(with_unseen=True)
        assert fire.people == len(inside) + len(truth.never_seen())
        where = Where("east", "1", LIMITED, 12.0, UTC)
        sheet = draft(journal, where, Live(), (), self.clock.now(), "")
        assert (sheet.residents_inside, len(sheet.others)) == (len(residents), len(inside - residents))
        visitors = {visit.id for visit, _ in self.gate.visiting.visits.inside()}
        assert visitors == {one for one in inside if is_visit(one)}

    def each_is_told_alike(self) -> None:
        """One by one, as looking back shows them, and as the center hears it."""
        truth, journal = self.truth, self.gate.journal
        subjects = {self._key(one.who): one.who for one in truth.went}
        tasks = tuple(Task(b"", 1, 0, "in", one, False, 0) for one in subjects)
        report = _report(journal.connection, journal.vault, Kept("lookback/1", 0, "-", 0, (), tasks, ""))
        presence = Presence(journal.connection, journal.vault)
        for key, who in subjects.items():
            found = presence.of([key])
            assert (found[key].where.direction if found else None) == truth.last(who), who
            assert (key in report.still_inside) == (truth.last(who) is IN), who

    def _key(self, who: str) -> str:
        return self.gate.journal.vault.code_key(who) if who in SHOWN else who
