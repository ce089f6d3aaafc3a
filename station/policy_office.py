"""Where the rules section of the admin page reads and activates policies: in the running gate's own journal.

Everything here is called in the GUI thread, which owns the journal; only the job of `trial` goes to another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from station.core.entry import Entry
from station.core.explain import ExplainError
from station.core.hindsight import Verified
from station.core.outcome import StorageProblem
from station.core.policy import Policy, PolicyError, kept_policy, parse_policy
from station.drill_watch import looked_at
from station.journal.entries import Journal
from station.journal.errors import JournalError, NoJournalError, VaultError
from station.journal.people import People
from station.journal.policies import Policies, PolicyEventKind
from station.policy_desk import PRESETS, Drill, InForce, drills, in_force, policy_text, try_out, verify_drill
from station.settings import SettingsError
from station.translation import stated
from station.ui import override_words, policy_words, words
from station.ui.admin import desk_words
from station.ui.admin.policy_desk import DrillLine, HistoryLine, InUse, PolicyDeskError, Trial
from station.ui.admin.work import Progress

_IN_FORCE = {PolicyEventKind.ACTIVATED, PolicyEventKind.USED}


def utc_now() -> datetime:
    return datetime.now(UTC)


class StationPolicyDesk:
    """`ui.admin.policy_desk.PolicyDesk`. `journal` gives the open one, or None while the gate has none.

    `changed` is called after something else came into force: the lane has to take it over.
    """

    def __init__(
        self,
        journal: Callable[[], Journal | None],
        folder: Path,
        settings_name: Callable[[], str],
        changed: Callable[[], None],
        zone: tzinfo,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._journal, self._folder, self._settings_name = journal, folder, settings_name
        self._changed, self._zone, self._now = changed, zone, now

    def now(self) -> datetime:
        return self._now().astimezone(self._zone)

    def in_use(self) -> InUse:
        with _in_words():
            found = self._in_force()
        since, down = found.activated, found.codes_down
        return InUse(
            policy=found.policy,
            text=found.text,
            since=self._local(since.at) if since else None,
            by=since.by if since else "",
            reason=since.reason if since else "",
            refused=len(found.refused),
            wrong=policy_words.problem(found.wrong) if found.wrong else "",
            down_since=self._local(down.at) if down else None,
            down_by=down.by if down else "",
        )

    def presets(self) -> Sequence[tuple[str, str]]:
        with _in_words():
            return [(name, policy_text(name)) for name in PRESETS]

    def history(self) -> Sequence[HistoryLine]:
        with _in_words():
            events = self._policies().history()
        lines, before = list[HistoryLine](), None
        for event in events:
            policy, at = _readable(event.text), self._local(event.at)
            said = (event.kind.value, event.by, event.reason, event.genuine)
            lines.append(HistoryLine(event.number, at, *said, policy, event.text, before))
            before = policy if policy and event.genuine and event.kind in _IN_FORCE else before
        return lines[::-1]

    def trial(self, draft: Policy, day: date | None) -> Callable[[Progress], Trial]:
        folder, zone = self._folder, self._zone

        def job(progress: Progress) -> Trial:
            with _in_words():
                tried = try_out(
                    folder, draft, day, zone, step=progress.at, cancelled=lambda: progress.cancelled
                )
            progress.check()
            return Trial(*tried)

        return job

    def who(self, entry: Entry) -> str:
        if not entry.person_id:
            return ""
        with _in_words():
            known = People(self._open_journal()).find(entry.person_id)
        return f"{known.line.dwelling} {known.line.name}" if known and known.line else ""

    def keep(self, text: str, by: str, reason: str) -> None:
        with _in_words():
            self._policies().record(PolicyEventKind.DRAFT, text, now=self._now(), by=by, reason=reason)

    def activate(self, text: str, by: str, reason: str) -> None:
        with _in_words():
            parse_policy(text)
            self._policies().record(PolicyEventKind.ACTIVATED, text, now=self._now(), by=by, reason=reason)
        self._changed()

    def switch_codes(self, by: str, reason: str, *, down: bool) -> None:
        kind = PolicyEventKind.CODES_DOWN if down else PolicyEventKind.CODES_BACK
        with _in_words():
            self._policies().record(kind, self._in_force().text, now=self._now(), by=by, reason=reason)
        self._changed()

    def drills(self) -> Sequence[DrillLine]:
        with _in_words():
            found = drills(self._policies().history())
        return [
            DrillLine(self._local(one.begin), self._local(one.end) if one.end else None, one.by)
            for one in found[::-1]
        ]

    def verify(self, drill: DrillLine) -> Verified:
        times = Drill(drill.begin, drill.end, drill.by)
        with _in_words():
            journal = self._open_journal()
            found = verify_drill(journal, self._folder, times, self._zone, self._now())
            looked_at(journal, times)
        return found

    def _in_force(self) -> InForce:
        return in_force(self._policies().history(), self._settings_name())

    def _policies(self) -> Policies:
        return Policies(self._open_journal())

    def _open_journal(self) -> Journal:
        journal = self._journal()
        if journal is None:
            raise JournalError(StorageProblem.LOCKED, "the gate has no journal now")
        return journal

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone)


def _readable(text: str) -> Policy | None:
    """None for a text of a newer program. What was kept may be a draft that is not finished yet."""
    try:
        return kept_policy(text)
    except PolicyError:
        return None


@contextmanager
def _in_words() -> Iterator[None]:
    """What went wrong, as the admin reads it."""
    try:
        yield
    except JournalError as error:
        said = words.problem(error.problem)
        raise PolicyDeskError(stated(said.sentence, said.step)) from error
    except NoJournalError as error:
        said = words.problem(StorageProblem.LOCKED)
        raise PolicyDeskError(stated(said.sentence, said.step)) from error
    except VaultError as error:
        raise PolicyDeskError(desk_words.no_key()) from error
    except PolicyError as error:
        raise PolicyDeskError(policy_words.problem(error)) from error
    except ExplainError as error:
        raise PolicyDeskError(override_words.unexplained(error.why)) from error
    except SettingsError as error:
        raise PolicyDeskError(str(error)) from error
