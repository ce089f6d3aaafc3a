"""What the people section needs of the station, without knowing it: `station.people_desk` fills it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from station.ui.admin.desk import DeskError as DeskError
from station.ui.admin.work import Job


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody of the roster in a list, masked."""

    person_id: str
    masked: str = field(repr=False)
    dwelling: str = field(repr=False)
    category: str
    phone_tail: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Block:
    """A building; an empty name stands for people without a dwelling."""

    name: str
    people: int


@dataclass(frozen=True, slots=True)
class FactLine:
    """Something that is or was known. Times are in the gate's time zone."""

    kind: str
    value: str
    as_of: datetime
    source: str
    until: datetime | None = None
    household: bool = False  # said of the whole dwelling
    counts: bool = True  # not replaced by something newer, not undone
    by: str = field(default="", repr=False)
    second: str = field(default="", repr=False)  # who confirmed it


@dataclass(frozen=True, slots=True)
class RelationLine:
    """Somebody who speaks for the person on the card, or for whom that person speaks."""

    kind: str  # guardian, proxy
    other_id: str
    name: str = field(repr=False)
    dwelling: str = field(repr=False)
    speaks: bool  # the other one for this person


@dataclass(frozen=True, slots=True)
class HeldCode:
    """A code or pass that is bound to somebody. Of a code only a short name is known, never its text."""

    key: str = field(repr=False)
    tag: str  # a pass's number, or how the code is called
    until: date | None = None  # a pass's last day
    valid: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one person. Masked, unless it was asked for in full."""

    person_id: str
    in_full: bool
    name: str = field(repr=False)
    dwelling: str = field(repr=False)
    category: str
    phones: tuple[str, ...] = field(repr=False)
    id_number: str = field(repr=False)
    occupation: str = field(repr=False)
    note: str = field(repr=False)
    relations: tuple[RelationLine, ...]
    held: tuple[HeldCode, ...]  # passes first
    facts: tuple[FactLine, ...]
    history: tuple[FactLine, ...]  # newest first

    @property
    def passes(self) -> int:
        """How many can be shown at the gate."""
        return sum(one.until is not None and one.valid for one in self.held)

    @property
    def codes(self) -> int:
        """Beside passes."""
        return sum(one.until is None for one in self.held)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Something that somebody did to a person's data: an edit, a code, a relation, a fact, a proposal."""

    kind: str  # as a batch's, or told, proposed, rejected
    at: datetime
    source: str
    by: str = field(default="", repr=False)
    second: str = field(default="", repr=False)  # who confirmed it, or rejected it
    why: str = field(default="", repr=False)  # one of the short list, and after a line break what was typed
    fields: tuple[str, ...] = ()  # that were edited
    relation: str = ""  # guardian, proxy
    other: str = field(default="", repr=False)  # of a relation, masked
    speaks: bool = False  # whether the other one speaks for this person
    fact: FactLine | None = None
    undone_at: datetime | None = None
    undone_by: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Typed:
    """What an admin typed about a person, not looked at yet."""

    name: str = field(repr=False)
    dwelling: str = field(repr=False)
    category: str
    phones: str = field(repr=False)
    id_number: str = field(repr=False)
    occupation: str = field(repr=False)
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact as it was typed: times as text, e.g. 2022-04-16 8:30."""

    kind: str
    value: str
    at: str
    until: str = ""
    household: bool = False
    why: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change that waits for a second person. `who` is masked."""

    number: int
    who: str = field(repr=False)
    dwelling: str = field(repr=False)
    fact: FactLine
    proposed_at: datetime
    by: str = field(repr=False)
    why: str = field(default="", repr=False)


class PeopleDesk(Protocol):
    """All methods raise DeskError and are called in the GUI thread. `by` is an operator's number."""

    @property
    def ready(self) -> bool:
        """Whether people can be found now; else `index` comes first."""

    def index(self) -> Job | None:
        """What has to be done beside the screen before anybody can be found; None if nothing."""

    def take_index(self, made: object) -> None:
        """What that job came to."""

    def count(self) -> int: ...

    def search(self, typed: str) -> Sequence[Hit]:
        """Who fits all that was typed, best first."""

    def blocks(self) -> Sequence[Block]: ...

    def of_block(self, name: str) -> Sequence[Hit]:
        """By dwelling and name."""

    def card(self, person_id: str, *, in_full: bool = False) -> Card: ...

    def save(self, person_id: str | None, typed: Typed, by: str) -> str:
        """Change somebody, or add them; returns their id."""

    def remove(self, person_id: str, by: str, why: str = "") -> None: ...

    def listen(self, hear: Callable[[str], None] | None) -> None:
        """Have the next code that is scanned instead of the gate; None: not any more."""

    def bind(self, person_id: str, code: str, by: str) -> None: ...

    def unbind(self, person_id: str, held: HeldCode, by: str, why: str = "") -> None: ...

    def relate(self, person_id: str, other: RelationLine, by: str) -> None: ...

    def unrelate(self, person_id: str, other: RelationLine, by: str, why: str = "") -> None: ...

    def changes(self, person_id: str) -> Sequence[ChangeLine]:
        """Who changed what, newest first."""

    def gate(self) -> str:
        """The name of this gate; empty if it has none."""

    def local(self, days: float = 0) -> str:
        """The time now, or so many days later, as it is typed."""

    def tell(self, person_id: str, fact: NewFact, by: str) -> bool:
        """Record a fact; False if it waits for a second person now."""

    def waiting(self) -> Sequence[Waiting]:
        """Oldest first."""

    def settle(self, number: int, by: str, *, confirmed: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One row of a list, masked, and what it would do: new, changed, same, wrong or doubtful."""

    what: str
    row: int
    who: str = field(repr=False)
    dwelling: str = field(repr=False)
    said: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. `content` belongs to the desk."""

    name: str
    lines: tuple[PreviewLine, ...]
    content: object = field(repr=False)

    def count(self, what: str) -> int:
        return sum(line.what == what for line in self.lines)

    @property
    def taken(self) -> int:
        """How many people are new or changed."""
        return self.count("new") + self.count("changed")


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One change of the roster as a whole."""

    number: int
    kind: str  # import, edit, undo
    at: datetime
    people: int
    note: str = field(repr=False)  # an import's file; who was removed and why
    undone: bool
    by: str = field(default="", repr=False)

    @property
    def can_be_undone(self) -> bool:
        return not self.undone and self.people > 0 and self.kind != "undo"


class ImportDesk(Protocol):
    """Methods raise DeskError and are called in the GUI thread; the jobs that they return are not."""

    def read(self, path: Path, *, fill_down: bool = False) -> Job:
        """Look at a file; the job comes to a Preview, and nothing is changed."""

    def check(self, by: str) -> None:
        """Whether somebody answers for what is about to be done."""

    def hand_back(self, preview: Preview, folder: Path) -> Path:
        """Write the wrong rows as a table to correct."""

    def seal(self, preview: Preview) -> Job:
        """Get everything ready to be written; the job comes to what `write` takes."""

    def write(self, preview: Preview, sealed: object, by: str) -> int:
        """All of it or nothing; returns the batch."""

    def batches(self) -> Sequence[BatchLine]:
        """Newest first."""

    def undo(self, number: int, by: str) -> int:
        """Take a batch back; returns how many people that were."""
