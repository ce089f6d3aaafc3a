"""Tells the district's programs what happened: looked for, written to the outbox, sent until it has arrived.

Signed as Standard Webhooks says (standardwebhooks.com, 1.0.0): headers webhook-id, webhook-timestamp (s) and
webhook-signature: v1,BASE64 of the HMAC-SHA-256 over id.timestamp.body. Bodies name ids, never people.
"""

from __future__ import annotations

import hmac
import json
import logging
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from threading import Event as Flag
from threading import Thread

import httpx2

from center.cut_off import cut_off
from center.http.office import Office
from center.scope import Scope
from center.store.contacts import GateRow
from center.store.errors import where_it_broke
from center.store.webhooks import KEPT_MS, Delivery, Event, Webhook
from center.webhook_url import Resolve, UrlError, address_for, read_url, resolved

log = logging.getLogger(__name__)

SILENT_MS = 10 * 60_000
LOOKS_EVERY_S = 1.0
OVERLAP_MS = 10 * 60_000  # typed rows may come a little after their entries
_WAITS_MS = 2 * 3600_000  # no longer for rows that wait: those of a segment that is rotten never come
WITHIN_S = 5.0  # to connect, and from one sign of life to the next
WHOLE_S = 15.0  # for all of it; one receiver has no more of a look than this either
BACK_OFF_S = (5, 30, 120, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600, 24 * 3600)
_FORGETS_EVERY_MS = 3600_000
_AT_ONCE = 4  # receivers; a slow one does not hold up the others


class Kind(StrEnum):
    CASE = "case.opened"
    ISOLATED = "isolated.at_gate"
    SILENT = "gate.silent"
    TRIAL = "trial"


EVENTS = (Kind.CASE, Kind.ISOLATED, Kind.SILENT)


def signed_headers(webhook: Webhook, delivery: Delivery, at_s: int) -> dict[str, str]:
    """What a receiver checks: `webhook.secret` over id, time and body."""
    message = f"{delivery.id.hex()}.{at_s}.{delivery.body}".encode()
    signature = b64encode(hmac.digest(webhook.secret, message, sha256)).decode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "kakou-center",
        "webhook-id": delivery.id.hex(),
        "webhook-timestamp": str(at_s),
        "webhook-signature": f"v1,{signature}",
    }


def shown_secret(webhook: Webhook) -> str:
    """As libraries of Standard Webhooks take it."""
    return f"whsec_{b64encode(webhook.secret).decode()}"


def trial(webhook: Webhook, now_ms: int) -> Event:
    """Something to see whether it arrives."""
    return _event(webhook, Kind.TRIAL, str(now_ms), now_ms, {})


class Sender:
    """`step` looks once and sends what is due; `start` does so until `stop`."""

    def __init__(self, office: Office, *, resolve: Resolve = resolved) -> None:
        self._office, self._resolve = office, resolve
        self._since_ms, self._mono = office.now_ms(), office.mono()  # since when our clock goes as it does
        self._forgot_ms = 0
        self._client = httpx2.Client(
            timeout=WITHIN_S,
            trust_env=False,
            follow_redirects=False,
            limits=httpx2.Limits(max_keepalive_connections=0),  # `cut_off` ends what was opened for it
        )
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="webhook")
        self._ended, self._failing = Flag(), False
        self._thread = Thread(target=self._run, name="webhooks", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when what is under way has ended."""
        self._ended.set()
        if self._thread.ident is not None:
            self._thread.join()
        self._threads.shutdown()
        self._client.close()

    def step(self) -> None:
        """Raises UnavailableError."""
        store, now_ms = self._office.store, self._office.now_ms()
        self._follow_clock(now_ms)
        at_work = {webhook.id: webhook for webhook in store.webhooks.at_work()}
        for webhook in at_work.values():
            self._look(webhook, now_ms)
        due = sorted(store.webhooks.due(now_ms), key=attrgetter("webhook"))
        groups = [(at_work.get(id), list(group)) for id, group in groupby(due, attrgetter("webhook"))]
        list(self._threads.map(self._deliver, *zip(*groups, strict=True)) if groups else ())
        if not 0 <= now_ms - self._forgot_ms < _FORGETS_EVERY_MS:
            self._forgot_ms = now_ms
            store.webhooks.forget_old(now_ms)

    def _follow_clock(self, now_ms: int) -> None:
        """In the time that a clock leaves out when it is set no gate was silent."""
        mono = self._office.mono()
        if abs(now_ms - self._since_ms - 1000 * (mono - self._mono)) > SILENT_MS / 2:
            self._since_ms, self._mono = now_ms, mono

    def _look(self, webhook: Webhook, now_ms: int) -> None:
        looked_ms = max(_not_ahead(webhook.looked_ms, now_ms), self._until(now_ms))
        events = list(self._events(webhook, now_ms))
        if events or abs(looked_ms - webhook.looked_ms) > OVERLAP_MS // 2:
            self._office.store.webhooks.put(webhook.id, events, now_ms, looked_ms)

    def _until(self, now_ms: int) -> int:
        """Of what came up to here everything can be seen; of a backlog typed rows may come much later."""
        pending_ms = self._office.store.pending_since()
        return now_ms if pending_ms is None else min(now_ms, max(pending_ms, now_ms - _WAITS_MS))

    def _events(self, webhook: Webhook, now_ms: int) -> Iterator[Event]:
        scope, store = Scope((webhook.branch,)), self._office.store
        looked_ms = _not_ahead(webhook.looked_ms, now_ms)
        # What was told is on record for so long. What lies ahead of us was told before our clock fell behind.
        since_ms = max(_made_ms(webhook, now_ms), looked_ms - OVERLAP_MS, now_ms - KEPT_MS)
        until_ms = now_ms + OVERLAP_MS
        if Kind.CASE in webhook.events:
            for case in store.happenings.cases(scope, since_ms, until_ms):
                said = {"case": case.id.hex(), "kind": case.kind, "what": case.what, "branch": case.branch}
                said |= {"gate": case.gate, "gate_id": case.station.hex()}
                yield _event(webhook, Kind.CASE, case.id.hex(), case.received_ms, said)
        if Kind.ISOLATED in webhook.events:
            for one in store.happenings.isolated(scope, since_ms, until_ms):
                said = {"entry": one.id.hex(), "branch": one.branch, "gate": one.gate}
                said |= {"gate_id": one.station.hex(), "reasons": one.reasons}
                yield _event(webhook, Kind.ISOLATED, one.id.hex(), one.received_ms, said)
        if Kind.SILENT in webhook.events:
            yield from self._silent(webhook, scope, now_ms)

    def _silent(self, webhook: Webhook, scope: Scope, now_ms: int) -> Iterator[Event]:
        made_ms = _made_ms(webhook, now_ms)
        for gate in self._office.store.gates.overview(scope):
            heard_ms = self._heard(gate, now_ms)
            begins_ms = max(heard_ms or 0, self._since_ms) + SILENT_MS
            if heard_ms is None or gate.revoked or now_ms < begins_ms or begins_ms < made_ms:
                continue
            said = {"gate_id": gate.station.hex(), "gate": gate.gate, "branch": gate.branch}
            name = f"{gate.station.hex()} {heard_ms}"
            yield _event(webhook, Kind.SILENT, name, begins_ms, {**said, "heard_ms": heard_ms})

    def _heard(self, gate: GateRow, now_ms: int) -> int | None:
        """Its last sign of life; if our clock was ahead then, since when it is right."""
        said = (gate.seen_ms, self._office.heard.get(gate.station))
        known = [ms for ms in said if ms is not None]
        past = [ms for ms in known if ms <= now_ms + SILENT_MS]  # one comes while we look
        return max(past or ([self._since_ms] if known else []), default=None)

    def _deliver(self, webhook: Webhook | None, due: list[Delivery]) -> None:
        """One after the other, until one does not arrive or the time is over; others at the next look."""
        began = time.monotonic()
        for delivery in due:
            if time.monotonic() - began > WHOLE_S:
                return
            if webhook is None:
                self._office.store.webhooks.tried(delivery, "ended", due_ms=None)
            elif not self._send(webhook, delivery):
                return

    def _send(self, webhook: Webhook, delivery: Delivery) -> bool:
        now_ms = self._office.now_ms()
        said = self._post(webhook, delivery, now_ms // 1000)
        arrived = said.startswith("2")
        back_off = BACK_OFF_S[delivery.tries] * 1000 if delivery.tries < len(BACK_OFF_S) else None
        self._office.store.webhooks.tried(
            delivery,
            said,
            due_ms=None if arrived or back_off is None else now_ms + back_off,
            done_ms=now_ms if arrived else None,
        )
        return arrived

    def _post(self, webhook: Webhook, delivery: Delivery, at_s: int) -> str:
        """What came of it: the status, or what is the matter. What the receiver says is not read."""
        try:
            target = read_url(webhook.url)
            address = address_for(target, self._office.own_networks, self._resolve)
            headers = {**signed_headers(webhook, delivery, at_s), "Host": target.host_header}
            with (
                cut_off(WHOLE_S) as trace,
                self._client.stream(
                    "POST",
                    target.at(address),
                    content=delivery.body.encode(),
                    headers=headers,
                    extensions={"sni_hostname": target.host, "trace": trace},
                ) as answer,
            ):
                return str(answer.status_code)
        except UrlError as error:
            return error.what.value
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            return type(error).__name__

    def _run(self) -> None:
        while not self._ended.wait(LOOKS_EVERY_S):
            try:
                self.step()
                self._failing = False
            except Exception as error:  # noqa: BLE001 - the thread outlives a database that is away
                if not self._failing:
                    log.error("webhooks cannot be told just now: %s", where_it_broke(error))
                self._failing = True


def _not_ahead(looked_ms: int, now_ms: int) -> int:
    """Our own clock may have been a year ahead when we looked, and was set right since."""
    return min(looked_ms, now_ms)


def _made_ms(webhook: Webhook, now_ms: int) -> int:
    """From when on it hears; nobody knows if our clock was ahead then, so what was looked for decides."""
    return webhook.made_ms if webhook.made_ms <= now_ms else 0


def _event(webhook: Webhook, kind: Kind, name: str, at_ms: int, said: Mapping[str, object]) -> Event:
    """The same thing has the same id, so that it is told once; each webhook has ids of its own."""
    id = sha256(b"kakou event " + webhook.id + f"{kind} {name}".encode()).digest()[:16]
    body = {"id": id.hex(), "event": kind.value, "at_ms": at_ms, **said}
    return Event(id, kind.value, at_ms, json.dumps(body, ensure_ascii=False, separators=(",", ":")))
