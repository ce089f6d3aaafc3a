"""Notices and tasks of the center on the admin page, with the running gate's own journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from station.core.entry import from_ms
from station.journal.center_items import CenterItems, CenterTask, Notice, center_ms, notices, tasks
from station.journal.duties import Duties
from station.journal.entries import Journal
from station.presence_desk import in_words, open_one
from station.ui.admin.notice_desk import CenterTaskLine, NoticeLine


class StationNoticeDesk:
    """`ui.admin.notice_desk.NoticeDesk`. `journal` gives the open one, or None while the gate has none."""

    def __init__(self, journal: Callable[[], Journal | None], now: Callable[[], datetime]) -> None:
        self._journal, self._now = journal, now

    def notices(self) -> Sequence[NoticeLine]:
        with in_words():
            journal = open_one(self._journal)
            found = notices(journal.connection, journal.vault, self._now())
            CenterItems(journal).tick("notice", [one.id for one in found if not one.read], self._now())
        return [_notice(one) for one in found]

    def tasks(self) -> Sequence[CenterTaskLine]:
        with in_words():
            journal = open_one(self._journal)
            duty = Duties(journal).current()
            found = tasks(journal.connection, journal.vault)
            there_ms = center_ms(journal.connection, self._now())
        in_order = sorted(found, key=lambda one: _place(one, duty.name if duty else ""))
        return [_task(one, there_ms) for one in in_order]

    def tick(self, tasks: Sequence[CenterTaskLine], *, done: bool) -> None:
        with in_words():
            CenterItems(open_one(self._journal)).tick(
                "task", [one.id for one in tasks], self._now(), done=done
            )


def _place(one: CenterTask, name: str) -> tuple[bool, bool]:
    """Of what is not done, first what is for whoever is on duty: the center writes the name before it."""
    return one.done, not (name and one.item.text.startswith(f"{name}："))


def _notice(one: Notice) -> NoticeLine:
    return NoticeLine(from_ms(one.item.at_ms), one.item.title, one.item.text, one.item.urgent, one.read)


def _task(one: CenterTask, there_ms: int) -> CenterTaskLine:
    due_ms = one.item.due_ms
    due = None if due_ms is None else from_ms(due_ms)
    late = not one.done and due_ms is not None and due_ms < there_ms
    return CenterTaskLine(one.id, from_ms(one.item.at_ms), one.item.text, due, one.done, late)
