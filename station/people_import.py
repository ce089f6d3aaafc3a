"""Lists of people through the admin page: read and sealed beside the screen, written by the gate's thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path

from station.commands.people_words import field_words, file_words, problem_words
from station.journal.batches import Batch, Batches, UndoRefusedError
from station.journal.entries import Journal
from station.journal.importing import (
    ImportCancelledError,
    Loaded,
    Prepared,
    RosterChangedError,
    open_snapshot,
    prepare,
    snapshot,
    write,
)
from station.journal.masking import mask_name
from station.journal.planning import Planned, make_plan
from station.people_desk import in_words, somebody, utc_now
from station.presence_desk import open_one
from station.roster.bounds import MOST_BYTES
from station.roster.handback import to_csv, to_xlsx
from station.roster.headers import Column, texts
from station.roster.problems import FileError, Problem
from station.roster.rows import Reading, ReadRow, read_people
from station.ui.admin import people_words as words
from station.ui.admin.people_desk import BatchLine, DeskError, Preview, PreviewLine
from station.ui.admin.work import CancelledError, Job, Progress

_STEPS = 4  # of looking at a file
_MOST_BATCHES = 200  # older ones cannot be taken back, and stand on people's cards
_MOST_NAMED = 3


class StationImportDesk:
    """`ui.admin.people_desk.ImportDesk`. `changed` is called when much of the roster is another."""

    def __init__(
        self,
        journal: Callable[[], Journal | None],
        zone: tzinfo,
        changed: Callable[[], None],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._journal, self._zone, self._changed, self._now = journal, zone, changed, now

    def read(self, path: Path, *, fill_down: bool = False) -> Job:
        with in_words():
            journal = open_one(self._journal)
            sealed = snapshot(journal)
        reading = Reading(self._now(), self._zone, fill_down=fill_down)

        def job(progress: Progress) -> object:
            with in_words():
                progress.step(0, _STEPS)
                content = _content(path)
                progress.step(1, _STEPS)
                try:
                    people = read_people(content, reading)
                except FileError as error:
                    raise DeskError(file_words(error.what, words.translate)) from error
                progress.step(2, _STEPS)
                known = open_snapshot(journal.vault, sealed)
                progress.step(3, _STEPS)
                return _preview(path.name, Loaded(people, make_plan(people, known, journal.vault)))

        return job

    def check(self, by: str) -> None:
        somebody(by)

    def hand_back(self, preview: Preview, folder: Path) -> Path:
        loaded = _loaded(preview)
        old = Path(preview.name)
        suffix = ".xlsx" if old.suffix.lower() != ".csv" else ".csv"
        target = folder / f"{words.to_correct(old.stem)}{suffix}"
        table = (to_xlsx if suffix == ".xlsx" else to_csv)(loaded.people, loaded.plan.wrong, _problem)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            target.write_bytes(table)
        except OSError as error:
            raise DeskError(words.not_opened(error.strerror or "")) from error
        return target

    def seal(self, preview: Preview) -> Job:
        with in_words():
            vault = open_one(self._journal).vault
        plan = _loaded(preview).plan

        def job(progress: Progress) -> object:
            try:
                return prepare(vault, plan, progress=progress.at, cancelled=lambda: progress.cancelled)
            except ImportCancelledError as error:
                raise CancelledError from error

        return job

    def write(self, preview: Preview, sealed: object, by: str) -> int:
        assert isinstance(sealed, Prepared)
        operator = somebody(by)
        with in_words():
            try:
                journal = open_one(self._journal)
                batch = write(journal, sealed, now=self._now(), by=operator, note=preview.name)
            except RosterChangedError as error:
                raise DeskError(words.roster_changed()) from error
        self._changed()
        return batch

    def batches(self) -> list[BatchLine]:
        with in_words():
            log = Batches(open_one(self._journal))
            return [self._batch(one, log) for one in log.all(_MOST_BATCHES)]

    def _batch(self, one: Batch, log: Batches) -> BatchLine:
        """Whoever was removed has no card any more on which to say by whom and why."""
        gone = log.removed(one.id) if one.kind == "remove" else []
        who = [f"{mask_name(person.name)} {person.dwelling}".strip() for person in gone[:_MOST_NAMED]]
        note = words.noted(one.kind, one.note, who)
        at = one.at.astimezone(self._zone)
        return BatchLine(one.id, one.kind, at, one.people, note, one.undone, one.by)

    def undo(self, number: int, by: str) -> int:
        operator = somebody(by)
        with in_words():
            try:
                count = Batches(open_one(self._journal)).undo(number, now=self._now(), by=operator)
            except UndoRefusedError as error:
                raise DeskError(words.cannot_undo(len(error.people))) from error
        self._changed()
        return count


def _loaded(preview: Preview) -> Loaded:
    assert isinstance(preview.content, Loaded)
    return preview.content


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)  # one more than is taken, whatever the file's end
    except OSError as error:
        raise DeskError(words.not_opened(error.strerror or "")) from error


def _problem(problem: Problem) -> str:
    return problem_words(problem, words.translate)


def _preview(name: str, loaded: Loaded) -> Preview:
    plan = loaded.plan
    lines = [_wrong("wrong", row, loaded) for row in plan.wrong]
    lines += [_wrong("doubtful", row, loaded) for row in plan.doubtful]
    lines += [_planned(planned) for planned in plan.people]
    return Preview(name, tuple(lines), loaded)


def _wrong(what: str, row: ReadRow, loaded: Loaded) -> PreviewLine:
    draft, header = row.draft, loaded.people.headers[row.sheet]
    name = draft.name if draft else "".join(texts(row.row, header.places[Column.NAME]) if header else ())
    return PreviewLine(
        what,
        row.row.number,
        mask_name(name),
        draft.house.name if draft and draft.house else "",
        "；".join(dict.fromkeys(_problem(problem) for problem in row.problems)),
    )


def _planned(planned: Planned) -> PreviewLine:
    person = planned.person
    return PreviewLine(
        planned.change.value,
        planned.row,
        mask_name(person.name),
        person.dwelling,
        field_words(planned.fields, words.translate),
    )
