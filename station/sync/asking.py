"""A code that nobody here knows, asked at the center in the background; the lane never waits for it.

What comes in time counts for the person who waits for the thermometer; what comes late counts when they show
the code again. An answer is kept for as long as it would be asked for anew, with its own age.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from station.core.entry import from_ms
from station.core.facts import Fact, FactKind
from station.sync.calls import AskAnswer, Calls, ToldFact
from station.sync.client import Client, ContactError, StoppedError

log = logging.getLogger(__name__)

KEPT_S = 300.0  # an answer; then it is asked for again
FAILED_S = 10.0  # so long nothing is asked after a failure for the same code
MOST_KEPT = 2000  # codes
WARM_EVERY_S = 45.0  # the connection is used, or else proxies and the center forget it
_NOBODY_KNOWS = frozenset(("unknown", "no_provider"))  # every other problem of an answer passes, or is new
_KINDS = frozenset(kind.value for kind in FactKind)


@dataclass(slots=True)
class _Asked:
    until: float  # monotonic, s: not asked again before
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class _Question:
    key: str = field(repr=False)
    text: str = field(repr=False)


class Asking:
    """`ask` and `facts` are called by the lane, by the local key of a code. `answered` is called, in a thread
    of this class, when something became known of a code; `reached`, too, whenever the center was there.
    """

    def __init__(
        self,
        client: Client,
        calls: Calls,
        monotonic: Callable[[], float],
        answered: Callable[[str], None],
        *,
        reached: Callable[[], None] = lambda: None,
        warm_every_s: float = WARM_EVERY_S,
    ) -> None:
        self._client, self._calls, self._monotonic, self._answered = client, calls, monotonic, answered
        self._reached, self._warm_every_s = reached, warm_every_s
        self._known: OrderedDict[str, _Asked] = OrderedDict()
        self._lock = Lock()
        self._questions: SimpleQueue[_Question | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="sync ask", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._questions.put(None)
        self._client.stop()

    def woke(self) -> None:
        """The PC has slept: the connection that was held ready is none any more."""
        self._client.give_up()

    def ask(self, key: str, text: str) -> None:
        """Ask about this code unless that was done lately. Returns at once."""
        now = self._monotonic()
        with self._lock:
            asked = self._known.get(key)
            if asked and now < asked.until:
                return
            self._known[key] = _Asked(now + KEPT_S, asked.facts if asked else ())
            self._known.move_to_end(key)
            while len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        self._questions.put(_Question(key, text))

    def facts(self, key: str) -> tuple[Fact, ...]:
        """What the center said of this code, each fact as old as it is."""
        with self._lock:
            asked = self._known.get(key)
            return asked.facts if asked else ()

    def answer_next(self) -> bool:
        """Ask the center one question and keep what it says, or keep warm. False when it is over."""
        try:
            question = self._questions.get(timeout=self._warm_every_s)
        except Empty:
            return self.warm()
        if question is None:
            return False
        try:
            answer = self._calls.ask(question.text)
        except StoppedError:
            return False
        except ContactError as error:
            log.info("not answered in time: %s", error)
            self._not_answered(question.key)
        else:
            self._reached()
            self._keep(question.key, answer)
        return True

    def warm(self) -> bool:
        """Hold a connection ready: a person does not wait for TCP and TLS. False when it is over."""
        try:
            self._calls.warm()
        except StoppedError:
            return False
        except ContactError as error:
            log.debug("no connection to ask by: %s", error)
        else:
            self._reached()
        return True

    def _run(self) -> None:
        with self._client:
            self.warm()
            while self.answer_next():
                continue

    def _not_answered(self, key: str) -> None:
        """What was known before stands, and it is soon asked again."""
        with self._lock:
            if asked := self._known.get(key):
                asked.until = self._monotonic() + FAILED_S

    def _keep(self, key: str, answer: AskAnswer) -> None:
        facts = tuple(fact for told in answer.facts if (fact := _fact(told)))
        passing = answer.problem and answer.problem not in _NOBODY_KNOWS
        if passing:
            log.info("the center could not find out: %s", answer.problem)
        if passing and (self.facts(key) or not facts):
            self._not_answered(key)
            return
        with self._lock:
            self._known[key] = _Asked(self._monotonic() + (FAILED_S if passing else KEPT_S), facts)
        if facts:
            self._answered(key)


def _fact(told: ToldFact) -> Fact | None:
    """None: of a kind that a newer version knows, or with a date that there is none of."""
    if told.kind not in _KINDS:
        return None
    try:
        until: datetime | None = None if told.until_ms is None else from_ms(told.until_ms)
        return Fact(FactKind(told.kind), told.value, from_ms(told.as_of_ms), "center", until)
    except (OverflowError, ValueError):
        return None
