"""The pages that a duty officer and an admin open, and what a browser asks for while one is open."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from threading import Event

import httpx2

from bench.console_filling import PASSWORD, branch_of
from center.scope import EVERYWHERE
from center.store import SqlStore
from station.roster.house import house_name
from tests.center.gate import Gate

_LIVE = re.compile(r'hx-get="([^"]*)"[^>]*hx-trigger="([^"]*)"')
SURNAMES = "张王李赵陈刘杨黄周吴"


@dataclass(frozen=True, slots=True)
class District:
    """What of it pages are asked for."""

    gates: list[Gate]
    people: list[str]
    names: list[str] = field(repr=False)
    houses: list[str]
    isolated: list[str]
    cases: list[str]
    bad: list[str]  # records in quarantine, as their pages name them
    policy: str

    @classmethod
    def of(cls, store: SqlStore, gates: list[Gate]) -> District:
        """Some of each, spread over everybody."""
        everybody = store.directory.everybody(EVERYWHERE)
        some = everybody[:: max(len(everybody) // 500, 1)]
        with store.database.read() as connection:
            isolated = connection.rows("SELECT DISTINCT person FROM isolation LIMIT 200")
        return cls(
            gates,
            [one.id for one in some],
            [one.person.name for one in some],
            [house_name(one.person.dwelling) for one in some],
            [str(person) for (person,) in isolated],
            [case.key for case in store.cases.open(most=100)],
            [f"{one.station.hex()}/{one.incarnation}/{one.number}" for one in store.quarantined(limit=50)],
            next((one.id.hex() for one in store.policies.all(EVERYWHERE)), ""),
        )


Path = Callable[[District, int], str]  # of the how manieth time


def _of(values: list[str], turn: int) -> str:
    return values[turn * 7 % len(values)]


PAGES: dict[str, Path] = {
    "overview": lambda there, turn: "/",
    "gate": lambda there, turn: f"/gates/{there.gates[turn * 7 % len(there.gates)].station.hex()}",
    "people": lambda there, turn: "/people",
    "people, name": lambda there, turn: f"/people?q={_of(there.names, turn)}",
    "people, surname": lambda there, turn: f"/people?q={SURNAMES[turn % len(SURNAMES)]}",
    "people, dwelling": lambda there, turn: f"/people?q={_of(there.houses, turn)}",
    "people, page": lambda there, turn: f"/people?after={_of(there.people, turn)}",
    "person": lambda there, turn: f"/people/{_of(there.people, turn)}",
    "quality": lambda there, turn: "/quality",
    "houses": lambda there, turn: "/houses",
    "compounds": lambda there, turn: "/compounds",
    "watches": lambda there, turn: "/watches",
    "passes": lambda there, turn: "/passes",
    "colours": lambda there, turn: "/colours",
    "isolation": lambda there, turn: "/isolation",
    "health card": lambda there, turn: f"/isolation/{_of(there.isolated, turn)}",
    "alarms": lambda there, turn: "/alarms",
    "cases": lambda there, turn: "/cases",
    "cases, all": lambda there, turn: "/cases/all",
    "case": lambda there, turn: f"/cases/{_of(there.cases, turn)}",
    "tasks": lambda there, turn: "/tasks",
    "task": lambda there, turn: f"/tasks/{turn % 60:012x}",
    "notices": lambda there, turn: "/notices",
    "notice": lambda there, turn: f"/notices/{turn % 40:012x}",
    "shifts": lambda there, turn: "/shifts",
    "policy": lambda there, turn: "/policy",
    "policy, one": lambda there, turn: f"/policy/{there.policy}",
    "what-if": lambda there, turn: f"POST /policy/{there.policy}/try {branch_of(turn)}",
    "trace": lambda there, turn: "/trace",
    "trace, search": lambda there, turn: f"/trace?q={_of(there.names, turn)}",
    "trace, person": lambda there, turn: f"/trace/{_of(there.people, turn)}",
    "reports": lambda there, turn: "/reports",
    "reports, branch": lambda there, turn: f"/reports?branch={branch_of(turn)}",
    "reconciling": lambda there, turn: "/reconciling",
    "quarantine": lambda there, turn: "/quarantine",
    "quarantine, one": lambda there, turn: f"/quarantine/{_of(there.bad, turn)}",
    "exports": lambda there, turn: "/exports",
    "enrol": lambda there, turn: "/enrol",
    "api": lambda there, turn: "/api",
    "webhooks": lambda there, turn: "/webhooks",
    "users": lambda there, turn: "/users",
    "user": lambda there, turn: f"/users/user{turn % 20}",
    "audit": lambda there, turn: "/audit",
    "audit, page": lambda there, turn: f"/audit?before={time.time_ns() // 1_000_000 - turn % 90 * 1_000_000}",
}


@dataclass
class Book:
    """How long each took (s), and what was refused."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: list[str] = field(default_factory=list)


class Browser:
    """One user's: a page is open, its live parts are asked for as htmx does, then the next one is opened."""

    def __init__(self, url: str, name: str, there: District, book: Book) -> None:
        self.there, self.book = there, book
        self.client = httpx2.Client(base_url=url, timeout=30, trust_env=False)
        self.live: dict[str, str] = {}  # path without its query, and all of it
        self.csrf = _token(self.client.get("/signin").text)
        fields = {"csrf": self.csrf, "name": name, "password": PASSWORD}
        answer = self.client.post("/signin", data=fields)
        while answer.status_code == 429:  # all of them come from one address
            time.sleep(float(answer.headers["Retry-After"]))
            answer = self.client.post("/signin", data=fields)
        assert answer.status_code == 303, answer.status_code

    def open(self, name: str, turn: int) -> None:
        """A page of the table, with what it loads at once."""
        path = PAGES[name](self.there, turn)
        self.live.clear()
        text = self._try(name, path) if path.startswith("POST ") else self.ask(name, path)
        self.csrf = _token(text) or self.csrf
        for path, triggers in _LIVE.findall(text):
            if "load" in triggers:
                self._part(path)

    def poll(self) -> None:
        """A second has gone by."""
        for path in list(self.live.values()):
            self._part(path)

    def ask(self, name: str, path: str) -> str:
        began = time.perf_counter()
        answer = self.client.get(path)
        self.book.took[name].append(time.perf_counter() - began)
        if answer.status_code not in (200, 204):
            self.book.failed.append(f"{name}: {answer.status_code}")
        for live, triggers in _LIVE.findall(answer.text):
            if "every" in triggers:
                self.live[live.partition("?")[0]] = live
        return answer.text

    def _part(self, path: str) -> None:
        path = path.replace("&amp;", "&")
        begin = path.partition("?")[0]
        self.ask(f"  {re.sub('[0-9a-f]{16,}', '…', begin)}", path)

    def _try(self, name: str, command: str) -> str:
        """A draft over yesterday's entries of a branch: begins a job whose page tells how far it is."""
        _, path, branch = command.split()
        began = time.perf_counter()
        answer = self.client.post(path, data={"csrf": self.csrf, "branch": branch, "day": ""})
        self.book.took[name].append(time.perf_counter() - began)
        if answer.status_code != 303:
            self.book.failed.append(f"{name}: {answer.status_code}")
            return ""
        return self.ask("what-if, result", answer.headers["location"])

    def walk(self, ended: Event, place: int, stay_s: float) -> None:
        """Page after page, each user beginning elsewhere."""
        names = list(PAGES)
        for turn in count():
            self.open(names[(turn + place * len(names) // 20) % len(names)], turn + place * 31)
            for _ in range(round(stay_s)):
                if ended.wait(1.0):
                    return
                self.poll()


def _token(text: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', text)
    return found[1] if found else ""
