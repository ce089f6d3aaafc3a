"""What if (试一试): a day's entries of a branch under a draft, before anybody activates it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from starlette.responses import Response

from center.console.notices import branch_typed
from center.console.page import ComplaintError, NotHereError, Page
from center.console.policy import one_version, words
from center.console.policy_words import VERDICTS
from center.console.reason_words import REASONS
from center.console.rights import Permission
from center.console.visit import Visit
from center.jobs import BusyError, Job, new_id
from center.scope import Scope
from center.store import GateRow, SqlStore
from station.core.policy import Policy, kept_policy
from station.core.reasons import Severity
from station.core.whatif import what_if

KIND = "what-if"
MOST_ENTRIES = 200_000
_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Other:
    """One passage that would have turned out otherwise; nothing in it tells who it was."""

    station: bytes
    gate: str
    at_ms: int
    before: int
    now: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    counts: tuple[tuple[int, int, int], ...]  # verdict then, now, how many
    others: tuple[Other, ...]
    unexplained: int
    judged: int
    of: int  # entries of that day; more than were judged, if there were too many

    @property
    def differing(self) -> int:
        return sum(count for then, now, count in self.counts if then != now)


def begin(visit: Visit) -> Response:
    version = one_version(visit)
    branch = branch_typed(visit, visit.field("branch"))
    day = day_typed(visit, visit.field("day", 10))
    about = {"policy": version.id, "label": version.label, "day": day.isoformat()}
    job = Job(new_id(), KIND, branch, about)
    gates = visit.store.gates.overview(Scope((branch,)))
    work = partial(_try, visit.store, gates, kept_policy(version.toml), span_of(day, visit.console.zone))
    try:
        visit.office.jobs.start(job, work)
    except BusyError as error:
        raise ComplaintError("前面排了太多，请过一会儿再试") from error
    visit.note("用昨天的记录试了规则", branch=branch, about=version.digest)
    return visit.redirect(f"/policy/trials/{job.id.hex()}")


def show(visit: Visit) -> Response:
    return visit.render("policy_trial.html", **_values(visit))


def show_live(visit: Visit) -> Response:
    values = _values(visit)
    if visit.query("seen") == values["digest"]:
        return visit.unchanged()
    return visit.render("policy_trial_live.html", **values)


def cancel(visit: Visit) -> Response:
    job = _job(visit)
    job.stop = True
    return visit.redirect(f"/policy/trials/{job.id.hex()}", "停下了")


def day_typed(visit: Visit, typed: str) -> date:
    """Empty: yesterday, by the host's clock. Raises ComplaintError."""
    today = datetime.fromtimestamp(visit.now_ms / 1000, visit.console.zone).date()
    if not typed:
        return today - timedelta(days=1)
    try:
        day = date.fromisoformat(typed)
    except ValueError as error:
        raise ComplaintError("日期看不懂，请写成 2022-04-01") from error
    if not date(2000, 1, 1) <= day <= today:
        raise ComplaintError("这一天还没到，或者太早了")
    return day


def span_of(day: date, zone: Any) -> tuple[int, int]:
    """Beginning and end of a day, UTC ms."""
    ends = (datetime(one.year, one.month, one.day, tzinfo=zone) for one in (day, day + timedelta(days=1)))
    begin, end = (int(moment.timestamp() * 1000) for moment in ends)
    return begin, end


def _try(store: SqlStore, gates: Sequence[GateRow], draft: Policy, span: tuple[int, int], job: Job) -> Tried:
    """Gate by gate, so that no more than one gate's day is in memory."""
    sizes = {gate.station: store.records.count(gate.station, *span) for gate in gates}
    job.total = sum(sizes.values())
    counts: Counter[tuple[Severity, Severity]] = Counter()
    others: list[Other] = []
    unexplained = read = 0
    for gate in gates:
        if not sizes[gate.station] or read >= MOST_ENTRIES:
            continue
        tried = what_if(store.records.between(gate.station, *span), draft, progress=partial(_step, job, read))
        read += sizes[gate.station]
        job.step(read)
        counts += tried.counts
        unexplained += tried.unexplained
        room = _MOST_SHOWN - len(others)
        others += [
            Other(
                gate.station,
                gate.name,
                one.entry.at_ms,
                int(one.before),
                int(one.now.severity),
                tuple(reason.code.value for reason in one.now.reasons if reason.severity),
            )
            for one in tried.differing[:room]
        ]
    rows = tuple((int(then), int(now), count) for (then, now), count in sorted(counts.items()))
    return Tried(rows, tuple(others), unexplained, counts.total(), job.total)


def _step(job: Job, before: int, seen: int) -> None:
    job.step(before + seen)


def _values(visit: Visit) -> dict[str, Any]:
    job = _job(visit)
    told = f"{job.state} {job.seen} {job.total}"
    return {
        "job": job,
        "tried": job.result,
        "digest": sha256(told.encode()).hexdigest()[:16],
        "verdicts": tuple(VERDICTS.values()),
        "reason_of": lambda code: visit.text(REASONS[code]) if code in REASONS else code,
        **words(visit),
    }


def _job(visit: Visit) -> Job:
    job = visit.office.jobs.get(visit.id_bytes("trial"))
    if job is None or job.kind != KIND or not visit.scope.holds(job.branch):
        raise NotHereError
    return job


PAGES = (
    Page("GET", "/policy/trials/{trial}", Permission.POLICY, show),
    Page("GET", "/policy/trials/{trial}/live", Permission.POLICY, show_live, polls=True),
    Page("POST", "/policy/trials/{trial}/cancel", Permission.POLICY, cancel),
    Page("POST", "/policy/{policy}/try", Permission.POLICY, begin, ids=("branch",)),
)
