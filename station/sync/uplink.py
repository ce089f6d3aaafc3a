"""The station's end of sync, as a machine without I/O: what to ask the center next, what its answers mean.

The loop asks `next`, sends what it gets, and brings back the answer or the failure; one request is in flight
at a time. What must survive is in the journal (`outbox`), written before it counts here: a machine that is
made anew at any moment goes on where the last one was. Times are monotonic seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from station.sync.backoff import Backoff
from station.sync.batching import Outgoing, push_from
from station.sync.bundle import LONG, LONG_RECORDS, TOGETHER, Ack, ChainAt, Hello, HelloAnswer
from station.sync.exchange import Alarm as Alarm
from station.sync.exchange import Answer, Link, Status
from station.sync.exchange import AskChain as AskChain
from station.sync.exchange import Failure as Failure
from station.sync.exchange import Request as Request
from station.sync.exchange import Wait as Wait
from station.sync.outbox import Outbox, OutboxChain
from station.sync.pace import Pace
from station.sync.settling import Settling

HELLO_EVERY_S = 300.0  # so that a quiet gate hears what is archived, and what the center forgot
SLOW_S = 300.0  # between attempts while the enrolment does not count, or a record is not taken
MOST_CHAINS = 1000  # in a hello
WRITTEN_EVERY = 5_000  # entries; what is not written down is told again by the next hello
TRIES = 3  # of a batch that comes damaged, before it is halved
_PAST = float("-inf")


@dataclass(slots=True)
class _Care:
    """Of a chain whose batches are not taken: how many records at a time, and not before when."""

    size: int
    tries: int = 0
    until: float = _PAST


class Uplink:
    """`hello` words the greeting around the chains that are offered; `random` gives numbers from 0 to 1."""

    def __init__(
        self,
        outbox: Outbox,
        center_key: bytes,
        hello: Callable[[tuple[ChainAt, ...]], Hello],
        random: Callable[[], float],
        *,
        most_records: int = LONG_RECORDS,
    ) -> None:
        self._outbox, self._center_key, self._hello = outbox, center_key, hello
        self._backoff, self._pace = Backoff(random), Pace(most_records)
        self._asked: Hello | AskChain | Outgoing | None = None
        self._hello_due = _PAST
        self._not_before = _PAST
        self._ahead: Outgoing | None = None  # what comes after the one that is in flight
        self._at: dict[int, int] = {}  # where the center is, by what it said since the last hello
        self._doubts: dict[int, Settling] = {}
        self._care: dict[int, _Care] = {}
        self._link = Link.STARTING
        self._why: Failure | None = None
        self._alarms: set[str] = set()
        self._center_alarms: tuple[str, ...] = ()
        self._revoked = False
        self._unwritten = False  # the center is further than the journal says
        self._together = False  # the center takes personal parts that are sealed as one
        self._sent_at = _PAST

    def next(self, now: float) -> Request | Wait:
        """What to send now. The answer goes to `answered`, anything else to `failed`."""
        if self._asked is not None:
            return Wait(None)
        if self._unwritten and self._link is not Link.ONLINE:
            self._write_down()
        if now < self._not_before:
            return Wait(self._not_before)
        self._asked = self._greeting(now) or self._question() or self._batch(now)
        if self._asked is None:
            put_off = [care.until for care in self._care.values() if care.until > now]
            return Wait(min([self._hello_due, *put_off]))
        self._sent_at = now
        return self._asked.push if isinstance(self._asked, Outgoing) else self._asked

    def answered(self, answer: Answer, now: float) -> None:
        """The center's answer to what `next` gave, its signature verified. Raises what the journal raises."""
        asked, self._asked = self._asked, None
        if isinstance(asked, Hello) and isinstance(answer, HelloAnswer):
            self._greeted(answer, now)
        elif isinstance(asked, Outgoing) and isinstance(answer, Ack) and self._is_of(answer, asked):
            self._pushed(asked, answer, now)
        elif isinstance(asked, AskChain) and isinstance(answer, Ack) and self._is_of(answer, asked):
            self._probed(asked, answer)
        else:
            self.failed(Failure.UNREACHABLE, now)
            return
        self._link, self._why = Link.ONLINE, None

    def failed(self, kind: Failure, now: float, retry_after_s: float | None = None) -> None:
        """There was no answer that means anything."""
        asked, self._asked = self._asked, None
        self._ahead = None  # it may be long until then: what is erased meanwhile must not be sent
        if not self._unwritten:  # the journal knows it, and hears of sticks that come meanwhile
            self._at.clear()
        if kind in (Failure.DAMAGED, Failure.TOO_LARGE) and isinstance(asked, Outgoing):
            self._refused(asked, kind, now)
            return
        if kind is not Failure.BUSY:
            self.reconnect()  # which begins anew what was being compared: the center may have been restored
            self._pace.failed()
        self._link, self._why = (Link.PAUSED if kind is Failure.REFUSED else Link.OFFLINE), kind
        wait = self._backoff.next_s(retry_after_s)
        self._not_before = now + (self._backoff.spread_s(SLOW_S) if kind is Failure.REFUSED else wait)

    def look_ahead(self) -> None:
        """While an answer is waited for: make the batch that follows if this one is taken.

        What an answer makes of it counts, never that it is ready. Raises what the journal raises.
        """
        asked = self._asked
        chain = self._chain(asked.incarnation) if isinstance(asked, Outgoing) else None
        if isinstance(asked, Outgoing) and chain and chain.incarnation not in self._care:
            self._ahead = self._read(chain, asked.last + 1, self._pace.records)

    def reconnect(self) -> None:
        """Say hello before anything else: after another network, another epoch, another credential."""
        self._hello_due = _PAST

    def hurry(self) -> None:
        """Do not wait any longer: somebody pressed "now", or the network is back, perhaps for a moment."""
        self._not_before = _PAST
        self._backoff.worked()
        for care in self._care.values():
            care.until = _PAST

    def heard(self, acks: Iterable[Ack], *, former: bool = False) -> None:
        """Signed acks that came by stick, late and in any order. Of each chain the furthest counts.

        A chain that the center has otherwise is settled as far as they tell; else the next stick tells more.
        `former`: of a stick older than what we know: the center did not lose what it did not have yet.
        """
        ours = sorted(
            (ack for ack in acks if ack.station == self._outbox.station), key=lambda ack: ack.durable
        )
        for incarnation in {ack.incarnation: None for ack in ours}:
            chain = self._chain(incarnation)
            least = chain.pruned if chain and former else 0
            told = [ack for ack in ours if ack.incarnation == incarnation and ack.durable >= least]
            if chain and told:
                self._heard_of(chain, told)

    def _heard_of(self, chain: OutboxChain, acks: list[Ack]) -> None:
        same = [ack for ack in acks if ack.durable <= chain.length and self._is_ours(ack)]
        self._place(acks[-1])
        settling = self._doubts.get(chain.incarnation)
        if settling is None or acks[-1] in same:
            return
        if same:
            settling.low = max(settling.low, same[-1].durable)
            self._settled(self._doubts.pop(chain.incarnation))
        else:
            self._outbox.acknowledged(chain.incarnation, chain.pruned, chain.pruned)

    def status(self) -> Status:
        pending = sum(self._pending(chain) for chain in self._outbox.chains())
        stuck = {Alarm.RECORD_REFUSED} if any(care.until > _PAST for care in self._care.values()) else set()
        alarms = frozenset(self._alarms | stuck | set(self._center_alarms))
        return Status(self._link, self._why, pending, alarms, self._revoked)

    # -- what to ask

    def _greeting(self, now: float) -> Hello | None:
        if now < self._hello_due:
            return None
        chains = self._outbox.chains()
        # What is still to be sent goes first if there are too many; the current one is always the last.
        old = sorted(chains[:-1], key=lambda chain: chain.acked >= chain.length)[: MOST_CHAINS - 1]
        return self._hello(
            tuple(
                ChainAt(chain.incarnation, chain.parent_head, chain.length, chain.head)
                for chain in [*old, *chains[-1:]]
            )
        )

    def _question(self) -> AskChain | None:
        for settling in self._doubts.values():
            return AskChain(settling.incarnation, settling.probe())
        return None

    def _batch(self, now: float) -> Outgoing | None:
        for chain in self._outbox.chains():
            care = self._care.get(chain.incarnation) or _Care(self._pace.records)
            if not self._pending(chain) or now < care.until:
                continue
            batch = self._made_ahead(chain, care.size) or self._read(chain, self._first(chain), care.size)
            if batch:
                return batch
            self._give_up(chain.incarnation, now)  # the journal lacks what it says it has
        return None

    def _made_ahead(self, chain: OutboxChain, most: int) -> Outgoing | None:
        """The batch that was made while another was in flight, if it is what is to be sent now."""
        made, self._ahead = self._ahead, None
        if made is None or (made.incarnation, made.first) != (chain.incarnation, self._first(chain)):
            return None
        return made if made.last <= chain.length and made.last - made.first < most else None

    def _read(self, chain: OutboxChain, first: int, most: int) -> Outgoing | None:
        return push_from(self._outbox, chain, first, self._center_key, most, together=self._together)

    def _first(self, chain: OutboxChain) -> int:
        return max(self._at.get(chain.incarnation, chain.acked), chain.pruned) + 1

    def _pending(self, chain: OutboxChain) -> int:
        return max(0, chain.length - self._first(chain) + 1)

    # -- what answers mean

    def _is_of(self, ack: Ack, asked: AskChain | Outgoing) -> bool:
        if isinstance(asked, AskChain) and ack.durable != asked.number:
            return False
        return ack.station == self._outbox.station and ack.incarnation == asked.incarnation

    def _greeted(self, answer: HelloAnswer, now: float) -> None:
        again = self._outbox.begin_epoch(answer.epoch)  # then there is more to offer
        self._at.clear()
        self._doubts.clear()
        for ack in answer.acks:
            if ack.station == self._outbox.station:
                self._place(ack)
        self._hello_due = now if again else now + HELLO_EVERY_S
        self._center_alarms, self._revoked = answer.alarms, answer.revoked
        self._together, self._ahead = TOGETHER in answer.takes, None
        self._pace.long = LONG in answer.takes
        self._worked(now, answer.backoff_ms)

    def _pushed(self, sent: Outgoing, ack: Ack, now: float) -> None:
        before = self._at.get(sent.incarnation, sent.first - 1)
        if self._goes_on_well(sent, ack):
            self._unwritten = True
        else:
            self._place(ack)
        if ack.durable == sent.last:
            self._pace.answered(now - self._sent_at, more=self._is_more(sent))
        if ack.durable < sent.first - 1:
            self.reconnect()  # it was further: restored from a backup, and the others may be back too
        if ack.durable == before and sent.incarnation not in self._doubts:
            self._not_before = now + self._backoff.next_s()  # it took nothing, and does not say why
            return
        self._relax(sent.incarnation)
        self._worked(now, ack.backoff_ms)

    def _worked(self, now: float, backoff_ms: int) -> None:
        self._backoff.worked()
        self._not_before = now + min(backoff_ms / 1000, SLOW_S) if backoff_ms else _PAST

    def _place(self, ack: Ack) -> None:
        """Go on from where the center is, if what it has there is ours; else find out where it parts."""
        chain = self._chain(ack.incarnation)
        if chain is None:
            return
        if ack.durable < chain.pruned:
            self._archive_is_lost(chain)
        elif ack.durable <= chain.length and self._is_ours(ack):
            self._is_at(chain, ack.durable, ack.archived)
        else:
            self._doubts[chain.incarnation] = Settling.of(chain, ack)

    def _is_ours(self, ack: Ack) -> bool:
        return self._outbox.hash_at(ack.incarnation, ack.durable) == ack.head

    def _is_at(self, chain: OutboxChain, number: int, archived: int) -> None:
        self._outbox.acknowledged(chain.incarnation, number, min(archived, number))
        self._at[chain.incarnation] = number

    def _goes_on_well(self, sent: Outgoing, ack: Ack) -> bool:
        """In the midst of a backlog, as expected: not written down each time, for the lane pays for it."""
        chain = self._chain(sent.incarnation)
        if (
            chain is None
            or sent.incarnation in self._doubts
            or ack.durable != sent.last
            or not chain.acked <= ack.durable < min(chain.length, chain.acked + WRITTEN_EVERY)
            or ack.archived != chain.archived
            or not self._is_ours(ack)
        ):
            return False
        self._at[sent.incarnation] = ack.durable
        return True

    def _is_more(self, sent: Outgoing) -> bool:
        chain = self._chain(sent.incarnation)
        return chain is not None and sent.last < chain.length

    def _write_down(self) -> None:
        """Who has no network may have a stick: it begins after what is written down."""
        for chain in self._outbox.chains():
            number = self._at.get(chain.incarnation, chain.acked)
            if chain.acked < number:
                self._outbox.acknowledged(chain.incarnation, number, chain.archived)
        self._unwritten = False
        self._at.clear()

    def _chain(self, incarnation: int) -> OutboxChain | None:
        return next((one for one in self._outbox.chains() if one.incarnation == incarnation), None)

    def _probed(self, asked: AskChain, ack: Ack) -> None:
        settling = self._doubts.get(asked.incarnation)
        if settling is None:  # a stick has settled it meanwhile
            return
        settling.heard(asked.number, same=self._is_ours(ack))
        if settling.is_over:
            self._settled(self._doubts.pop(asked.incarnation))

    def _settled(self, settling: Settling) -> None:
        chain, common = self._chain(settling.incarnation), settling.low
        if chain is None:
            return
        if chain.current or common < chain.length:
            self._outbox.fork(chain.incarnation, common)
            self._alarms.add(Alarm.FORK)
            self.reconnect()  # of a chain that was longer than its own the center cannot know it yet
        self._is_at(chain, common, settling.archived)

    def _archive_is_lost(self, chain: OutboxChain) -> None:
        """What is not pruned goes on in another incarnation: this one has a gap that nobody can fill."""
        if chain.current or chain.pruned < chain.length:
            self._outbox.fork(chain.incarnation, chain.pruned)
        self._at[chain.incarnation] = chain.pruned
        self._alarms.add(Alarm.ARCHIVE_LOST)

    # -- batches that are not taken

    def _refused(self, batch: Outgoing, kind: Failure, now: float) -> None:
        """Read it again; the third time take half of it; one alone waits and is told."""
        care = self._care.setdefault(batch.incarnation, _Care(self._pace.records))
        care.tries += 1
        self._not_before = now + self._backoff.spread_s(1.0)
        if care.tries < TRIES and kind is Failure.DAMAGED:
            return
        records = batch.last - batch.first + 1
        care.tries, care.size = 0, max(1, records // 2)
        if records == 1:
            self._give_up(batch.incarnation, now)

    def _give_up(self, incarnation: int, now: float) -> None:
        care = self._care.setdefault(incarnation, _Care(1))
        care.until = now + self._backoff.spread_s(SLOW_S)

    def _relax(self, incarnation: int) -> None:
        """It was taken: twice as many next time."""
        care = self._care.pop(incarnation, None)
        if care and care.size * 2 < self._pace.records:
            self._care[incarnation] = _Care(care.size * 2)
