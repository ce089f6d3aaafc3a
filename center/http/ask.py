"""What is known of a code that a gate does not know: asked at the provider, 800 ms at most."""

from __future__ import annotations

import logging
from typing import Annotated

import anyio
import msgspec
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from center.http.answers import json_of
from center.http.callers import listed_caller
from center.http.office import Office
from center.http.reading import from_json, read_body
from center.provider import WITHIN_S, Found
from center.store.colours import Said as ColourSaid
from center.store.errors import where_it_broke
from station.sync.items import FactItem, decode_item, shared_key

log = logging.getLogger(__name__)

_OWN_COUNTS_MS = 24 * 3600 * 1000  # as in the policies: an older colour is stale, the provider may know more


class Question(msgspec.Struct, frozen=True):
    """A code by its shared key, or by its text: without that the provider cannot be asked."""

    key: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")] = ""
    token: Annotated[str, msgspec.Meta(max_length=8192)] = ""

    def __repr__(self) -> str:
        return "Question(…)"

    def __post_init__(self) -> None:
        if bool(self.key) == bool(self.token):
            raise ValueError("either `key` or `token`")


class SaidFact(msgspec.Struct, frozen=True):
    kind: str
    value: str
    as_of_ms: int
    source: str
    until_ms: int | None = None


class Said(msgspec.Struct, frozen=True):
    """`facts` is empty when nobody knows. `problem`: why the provider, if it was asked, told nothing."""

    facts: tuple[SaidFact, ...]
    age_ms: int
    problem: str
    server_ms: int


async def ask(office: Office, request: Request) -> Response:
    body = await read_body(office, request)
    until = office.mono() + WITHIN_S
    caller = await listed_caller(office, request, body)
    question = from_json(body, Question)
    key = question.key or shared_key(office.keys.district, "code", question.token)
    own = await office.in_thread(_own_facts, office, key)
    if own and abs(office.now_ms() - own[0].as_of_ms) < _OWN_COUNTS_MS:
        return json_of(_said(office, own))
    found = await _found(office, key, question.token, until - office.mono())
    facts = (SaidFact("colour", found.colour, found.as_of_ms, _source(office)),) if found.colour else own
    answer = json_of(_said(office, facts, found))
    if found.colour:
        said = ColourSaid("code", key, found.colour, found.as_of_ms, _source(office), caller.branch)
        answer.background = BackgroundTask(_hear, office, said)
    return answer


async def _hear(office: Office, said: ColourSaid) -> None:
    """For the summary of changes, after the answer is out: a database that is busy keeps nobody waiting."""
    try:
        await office.in_thread(office.store.colours.hear, said, office.now_ms())
    except Exception as error:  # noqa: BLE001 - the answer is out: what is wrong is told to the log alone
        log.error("a colour is not in the summary of changes: %s", where_it_broke(error))


async def _found(office: Office, key: str, token: str, seconds: float) -> Found:
    if office.provider is None:
        return Found("no_provider")
    now_ms = office.now_ms()
    kept = office.provider.kept(key, now_ms)
    if kept or not token:
        return kept or Found("unknown")
    with anyio.move_on_after(max(seconds, 0.0)):
        return await office.provider.ask(key, token, now_ms)
    return Found("late")


def _own_facts(office: Office, key: str) -> tuple[SaidFact, ...]:
    """The colour that the center itself holds for this code, if it does."""
    body = office.store.lists.get("quick", "fact", f"code:{key}:colour")
    if body is None:
        return ()
    fact = decode_item("fact", body)
    assert isinstance(fact, FactItem)
    return (SaidFact(fact.kind, fact.value, fact.as_of_ms, fact.source, fact.until_ms),)


def _said(office: Office, facts: tuple[SaidFact, ...], found: Found | None = None) -> Said:
    now_ms = office.now_ms()
    age_ms = max(0, now_ms - facts[0].as_of_ms) if facts else 0
    return Said(facts, age_ms, found.problem if found else "", now_ms)


def _source(office: Office) -> str:
    return office.provider.description.name if office.provider else ""
