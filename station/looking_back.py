"""Looking back for one person: the entries that would differ, and who passed beside them, as tasks.

The judging is `core.lookback`; here the journal is asked for as little of it as that needs, and the tasks are
put together. Two days back, because a close contact (密接) is counted from two days before the symptoms or
the sample (新型冠状病毒肺炎防控方案, 第八版, 2021).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from station.core.entry import Entry, to_ms
from station.core.explain import ExplainError, Unexplained, is_operators_word
from station.core.facts import Fact, FactKind
from station.core.hindsight import Differing
from station.core.lookback import QUARTER_HOUR, Change, LookBack, look_back
from station.core.policy import Policy, PolicyError, kept_policy
from station.journal.lookbacks import PEOPLE_COME, BadNews, Kept, Passages, Records, Task

BACK = timedelta(days=2)
RECENT = timedelta(days=14)  # older news changes nothing for whoever is inside today


def look(
    passages: Passages, subject: str, facts: Sequence[Fact], since: datetime, policy: Policy, now: datetime
) -> Kept | None:
    """What follows from these facts about a person or a code; None if they never passed since then.

    Judged as if they had been known at each passage, under the policy of that day, or under `policy` if that
    one was not kept. Raises JournalError, ExplainError.
    """
    read = passages.around(subject, since, QUARTER_HOUR)
    if not read.theirs:
        return None
    found = look_back(
        read.records, Change(tuple(facts), since, entry_ids=read.theirs), _policies(passages, policy)
    )
    return Kept(
        name="",
        made_at_ms=to_ms(now),
        subject=subject,
        since_ms=to_ms(since),
        facts=tuple((fact.kind.value, fact.value) for fact in facts),
        tasks=tuple(_tasks(found, read)),
        policy=policy.label,
    )


def look_for_news(
    passages: Passages, news: Iterable[BadNews], policy: Policy, now: datetime
) -> Iterator[Kept]:
    """What follows from what became known, for each person concerned. Raises JournalError, ExplainError."""
    for one in news:
        if one.as_of >= now - RECENT:
            since = one.as_of - BACK
            made = (
                look(passages, who, facts_of(one), since, policy, now) for who in concerned(passages, one)
            )
            yield from (kept for kept in made if kept)


def look_for_all(
    passages: Passages, news: Iterable[BadNews], policy: Policy, now: datetime
) -> tuple[list[Kept], list[int]]:
    """The same; and which of them wait for somebody who is not on the list here yet: what is about others
    does not. After a minute it is judged, for they may be known by what the list was before."""
    made, waits = list[Kept](), list[int]()
    for one in news:
        told = passages.awaited_since(one, now) if one.as_of >= now - RECENT else None
        is_fresh = told is not None and told <= now < told + PEOPLE_COME
        found = [] if is_fresh else list(look_for_news(passages, [one], policy, now))
        made += found
        waits += [one.position] if told and not found else []
    return made, waits


def _policies(passages: Passages, otherwise: Policy) -> Callable[[Entry], Policy]:
    """The policy of an entry's day in full, also for what was decided while the code system was down."""
    known: dict[str | None, Policy] = {None: otherwise, otherwise.digest: otherwise}

    def policy_of(entry: Entry) -> Policy:
        digest = entry.policy_digest
        if digest and digest not in known:
            known[digest] = _kept(passages.policy_text(digest), digest) or otherwise
        return known[digest]

    return policy_of


def _kept(text: str | None, digest: str) -> Policy | None:
    """What was kept, unless somebody changed it in the file. Raises ExplainError."""
    try:
        policy = kept_policy(text) if text else None
    except PolicyError as error:
        raise ExplainError(Unexplained.OTHER_POLICY, str(error)) from error
    return policy if policy and policy.digest == digest else None


def facts_of(news: BadNews) -> tuple[Fact, ...]:
    return (Fact(FactKind(news.kind), news.value, news.as_of, "journal"),)


def concerned(passages: Passages, news: BadNews) -> list[str]:
    """Whose passages a fact is about: of a dwelling, everybody's who lives there."""
    if news.about == "dwelling":
        return passages.members(news.subject)
    return [passages.known_here_as(news.subject)]


def _tasks(found: LookBack, read: Records) -> Iterable[Task]:
    """Theirs first; of others each person once, where they came nearest in time."""
    differing = {one.entry.id: one for one in found.differing}
    yield from (_task(entry, read, differing.get(entry.id), theirs=True) for entry in found.theirs)
    moments = [entry.at_ms for entry in found.theirs]
    nearest: dict[object, Entry] = {}
    for entry in sorted(found.beside, key=lambda one: min(abs(one.at_ms - at) for at in moments)):
        if not is_operators_word(entry):  # a mark by hand says when it was made, not when somebody passed
            nearest.setdefault(read.subjects.get(entry.id, entry.id), entry)
    for entry in sorted(nearest.values(), key=lambda one: one.at_ms):
        yield _task(entry, read, None, theirs=False)


def _task(entry: Entry, read: Records, differing: Differing | None, *, theirs: bool) -> Task:
    return Task(
        entry_id=entry.id,
        number=read.numbers[entry.id],
        at_ms=entry.at_ms,
        direction=entry.direction,
        subject=read.subjects.get(entry.id),
        theirs=theirs,
        before=int(differing.before) if differing else read.stands.get(entry.id, entry.severity),
        now=int(differing.now.severity) if differing else None,
    )
