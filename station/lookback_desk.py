"""Look-backs on the admin page and in commands: made for bad news or on demand, shown with who it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo

from station.core.entry import from_ms
from station.core.explain import ExplainError
from station.core.facts import Fact, FactKind
from station.core.model import Direction, Severity
from station.core.policy import Policy
from station.core.visit import short
from station.journal.entries import Journal
from station.journal.lookbacks import Kept, Lookbacks, Passages, Task
from station.journal.masking import mask_name
from station.journal.people import People, Person
from station.journal.presence import Presence
from station.looking_back import look, look_for_all
from station.presence_desk import TAIL, in_words, open_one
from station.searches_on_record import SearchesOnRecord
from station.ui.admin import lookback_words
from station.ui.admin.inside_desk import Asked, Changed, DeskError, LookbackLine, TaskLine
from station.whoever import whoever


class StationLookbackDesk:
    """`ui.admin.inside_desk.LookbackDesk`. `journal` gives the open one, or None while the gate has none."""

    def __init__(
        self,
        journal: Callable[[], Journal | None],
        policy: Callable[[], Policy],
        now: Callable[[], datetime],
        zone: tzinfo,
    ) -> None:
        self._journal, self._policy, self._now, self._zone = journal, policy, now, zone
        self._searches = SearchesOnRecord("lookback", now)

    def refresh(self) -> int:
        """Somebody opens the list: what `LookbackWatch` has not judged yet is judged now, and the gate has
        nothing to announce any more."""
        with in_words():
            journal = open_one(self._journal)
            kept, passages = Lookbacks(journal), Passages(journal.connection, journal.vault)
            newest, news = passages.newest_fact(), passages.news_after(kept.seen, kept.awaited)
            with _explained():
                made, awaited = look_for_all(passages, news, self._policy(), self._now())
            for one in made:
                kept.add(one)
            kept.saw(newest, awaited)
            kept.open_all()
        return len(made)

    def all(self, show: str | None = None) -> Sequence[LookbackLine]:
        with in_words():
            journal = open_one(self._journal)
            presence, kept = Presence(journal.connection, journal.vault), Lookbacks(journal).all()
            shown = show if show in {one.name for one in kept} else next((one.name for one in kept), None)
            return [line_of(one, presence, self._zone, tasks=one.name == shown) for one in kept]

    def who(self, typed: str) -> Sequence[Asked]:
        with in_words():
            journal = open_one(self._journal)
            self._searches.put(journal)
            if typed.isascii() and typed.isdigit():
                return self._holder(journal, int(typed))
            return [_asked(person) for person in People(journal).living_in(typed)]

    def look(self, asked: Asked, changed: Changed, since: datetime) -> str | None:
        now, (kind, _, value) = self._now(), changed.value.partition("=")
        with in_words():
            journal = open_one(self._journal)
            fact = Fact(FactKind(kind), value, now, "operator")
            made = self._look(Passages(journal.connection, journal.vault), asked.key, [fact], since)
            return Lookbacks(journal).add(made).name if made else None

    def tick(self, name: str, tasks: Sequence[TaskLine], *, done: bool) -> None:
        with in_words():
            now = self._now() if done else None
            Lookbacks(open_one(self._journal)).tick(
                name, [task.entry_id for task in tasks], by="admin", now=now
            )

    def _holder(self, journal: Journal, number: int) -> list[Asked]:
        found = Passages(journal.connection, journal.vault).numbered(number)
        if found is None:
            return []
        presence = Presence(journal.connection, journal.vault)
        if person := presence.person_of(found[0]):
            return [_asked(person)]
        who = whoever(presence, found[0])
        return [Asked(found[0], who.masked, who.name, who.dwelling) if who else Asked(found[0], "", "", "")]

    def _look(self, passages: Passages, subject: str, facts: Sequence[Fact], since: datetime) -> Kept | None:
        with _explained():
            return look(passages, subject, facts, since, self._policy(), self._now())


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except ExplainError as error:
        raise DeskError(lookback_words.not_explained(str(error))) from error


def line_of(kept: Kept, presence: Presence, zone: tzinfo, *, tasks: bool = True) -> LookbackLine:
    """A look-back as it is shown, with who is inside now if `tasks` are wanted.

    Raises JournalError, VaultError.
    """
    who = whoever(presence, kept.subject)
    return LookbackLine(
        name=kept.name,
        made_at=kept.made_at.astimezone(zone),
        person=who.name if who else short(kept.subject),
        masked=who.masked if who else short(kept.subject),
        facts=kept.facts,
        since=from_ms(kept.since_ms).astimezone(zone),
        open=kept.open,
        tasks=tuple(_task_line(task, presence, zone) for task in kept.tasks) if tasks else (),
    )


def _task_line(task: Task, presence: Presence, zone: tzinfo) -> TaskLine:
    who = whoever(presence, task.subject)
    found = presence.of([task.subject]) if task.subject else {}
    inside = any(one.where.direction is Direction.IN for one in found.values())
    return TaskLine(
        entry_id=task.entry_id,
        number=task.number,
        at=from_ms(task.at_ms).astimezone(zone),
        way_in=task.direction == Direction.IN,
        name=who.name if who else "",
        masked=who.masked if who else "",
        code=short(task.subject or ""),
        dwelling=who.dwelling if who else "",
        phone_tail=who.phone[-TAIL:] if who else "",
        theirs=task.theirs,
        before=Severity(task.before).word,
        now=None if task.now is None else Severity(task.now).word,
        inside=inside,
        done_at=None if task.done_at_ms is None else from_ms(task.done_at_ms).astimezone(zone),
    )


def _asked(person: Person) -> Asked:
    return Asked(person.id, mask_name(person.name), person.name, person.dwelling)
