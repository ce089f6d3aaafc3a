"""Colours, tests and watches from the district's systems. A watch is proposed: a person must verify it."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from center.api.call import Call, ProblemError
from center.api.words import Done, Line, Milliseconds
from center.newer import takes_place
from center.store.directory import Known
from center.store.lists import ScopedItem
from center.store.newer_facts import read_fact
from center.store.watches import Proposal, WatchError
from station.codes.reading import as_printed
from station.core.facts import AHEAD_MS
from station.sync.items import FactItem, encode_item, shared_key

MOST = 1000
CHANNEL, LIST = "quick", "fact"
PersonId = Annotated[str, msgspec.Meta(max_length=64, pattern="^[0-9a-f]*$")]
IdNumber = Annotated[str, msgspec.Meta(max_length=32, pattern="^[0-9A-Za-z]*$")]
_VALUES = {
    "colour": frozenset({"green", "yellow", "red"}),
    "test": frozenset({"negative", "negative_reported", "positive", "unknown", "none"}),
}


class FactIn(msgspec.Struct, frozen=True):
    """Of whom: `person` (an id of ours), `id_number`, or `code` (a code's text; colours only): one of these.

    Colours: green, yellow, red. Tests: negative (`as_of_ms`: the sampling), negative_reported, positive,
    unknown, none.
    """

    kind: Literal["colour", "test"]
    value: Annotated[str, msgspec.Meta(max_length=40)]
    as_of_ms: Milliseconds
    until_ms: Milliseconds | None = None
    person: PersonId = ""
    id_number: IdNumber = ""
    code: Annotated[str, msgspec.Meta(max_length=4096)] = ""

    def __repr__(self) -> str:
        return f"FactIn({self.kind!r}, …)"


class Facts(msgspec.Struct, frozen=True):
    facts: Annotated[tuple[FactIn, ...], msgspec.Meta(min_length=1, max_length=MOST)]


class TakenFact(msgspec.Struct, frozen=True):
    """`older`: something newer is known, nothing was changed. `refused`: `problem` says why."""

    index: int
    result: Literal["taken", "older", "refused"]
    problem: str = ""


class TakenFacts(msgspec.Struct, frozen=True):
    facts: tuple[TakenFact, ...]


class WatchIn(msgspec.Struct, frozen=True):
    """Isolation: isolation, close_contact, sub_close_contact. Block: moved_out, lost_card, not_allowed.

    `none` lifts. `urgent` acts at once and is verified after.
    """

    kind: Literal["isolation", "block"]
    value: Literal[
        "isolation", "close_contact", "sub_close_contact", "moved_out", "lost_card", "not_allowed", "none"
    ]
    person: PersonId = ""
    id_number: IdNumber = ""
    until_ms: Milliseconds | None = None
    urgent: bool = False
    reason: Line = ""

    def __repr__(self) -> str:
        return f"WatchIn({self.kind!r}, …)"


def put(call: Call) -> TakenFacts:
    """Each is taken or refused by itself; the gates know within two seconds."""
    sent: Facts = call.body
    people = _People(call)
    answers = [_taken(call, people, index, fact) for index, fact in enumerate(sent.facts)]
    taken = sum(answer.result == "taken" for answer in answers)
    call.note("从接口收了颜色和核酸", about=f"{taken}")
    return TakenFacts(tuple(answers))


def propose(call: Call) -> Done:
    """Isolation and blocks shut somebody in or out: somebody at the console must verify it."""
    wanted: WatchIn = call.body
    if bool(wanted.person) == bool(wanted.id_number):
        raise ProblemError("not_understood", "either person or id_number")
    known = _People(call).find(wanted.person, wanted.id_number)
    if known is None:
        raise ProblemError("not_found", "person")
    proposal = Proposal(
        *(known.branch, known.id, wanted.kind, wanted.value, wanted.until_ms, wanted.urgent, wanted.reason)
    )
    note = call.make_note("提了管控，等核对", branch=known.branch, about=known.id)
    try:
        return Done(call.store.watches.propose(proposal, note).hex())
    except WatchError as error:
        raise ProblemError("not_understood", f"watch: {error.what}") from error


class _People:
    """Whom a token's branch knows."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def find(self, person: str, id_number: str) -> Known | None:
        if person:
            return self._call.store.directory.get(self._call.scope, person)
        directory = self._call.store.directory
        key = shared_key(self._call.office.keys.district, "id_number", id_number.upper())
        found = (directory.get(self._call.scope, one) for one in sorted(directory.with_number(key)))
        return next(filter(None, found), None)


def _taken(call: Call, people: _People, index: int, fact: FactIn) -> TakenFact:
    code = as_printed(fact.code)
    said = sum(map(bool, (fact.person, fact.id_number, code)))
    problems: tuple[tuple[bool, str], ...] = (
        (said != 1, "whom"),
        (fact.value not in _VALUES[fact.kind], "value"),
        (fact.kind == "test" and bool(code), "whom"),
        (fact.as_of_ms > call.now_ms + AHEAD_MS, "as_of_ms"),
        (fact.until_ms is not None and fact.until_ms <= fact.as_of_ms, "until_ms"),
    )
    wrong = next((problem for holds, problem in problems if holds), "")
    if wrong:
        return TakenFact(index, "refused", wrong)
    if code:
        subject = shared_key(call.office.keys.district, "code", code)
        return _put(call, index, fact, "code", subject, call.token.branch)
    known = people.find(fact.person, fact.id_number)
    if known is None:
        return TakenFact(index, "refused", "not_found")
    return _put(call, index, fact, "person", known.id, known.branch)


def _put(call: Call, index: int, fact: FactIn, about: str, subject: str, branch: str) -> TakenFact:
    said = TakenFact(index, "taken")
    source = f"api {call.token.name}"[:200]
    item = FactItem(about, subject, fact.kind, fact.value, fact.as_of_ms, fact.until_ms, source)

    def takes(_item: ScopedItem, kept: bytes | None, where: str) -> bool:
        """Decided where it is written: of two systems at once the older green must not come after the red."""
        nonlocal said
        if kept is not None and not call.scope.holds(where):
            said = TakenFact(index, "refused", "other_branch")
        elif kept is not None and not takes_place(item, read_fact(kept), call.now_ms):
            said = TakenFact(index, "older")
        return said.result == "taken"

    key = f"{about}:{subject}:{fact.kind}"
    call.store.lists.put_where(CHANNEL, [(LIST, key, encode_item(item), branch)], takes)
    return said
