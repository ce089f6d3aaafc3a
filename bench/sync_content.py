"""Made-up entries and people of a district, as this project has them and as documents of the same content.

An entry has what a gate with a roster writes of a passage: a code, a temperature, five facts, a commitment.
What is random in real life (ids, commitments, hashes) is random here, so that it packs as badly as it does.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from station.core.decision import decide
from station.core.entry import Entry, from_passage, make_id
from station.core.facts import Fact, FactKind
from station.core.model import (
    Claim,
    Closing,
    CodeKind,
    CodeStatus,
    Credential,
    Direction,
    Instrument,
    Passage,
    Site,
    Temperature,
    Trust,
)
from station.core.policy import Policy, parse_policy
from station.sync.items import PersonItem, encode_item, shared_key

POLICY = Path(__file__).parents[1] / "assets" / "policies" / "controlled.toml"
TOKEN = Credential(CodeKind.REGIONAL, Trust.RECOGNISED, CodeStatus.CANNOT_CHECK)
PEOPLE = 2_000  # who pass; a gate's own
A_DAY = 2_400  # passages
_DISTRICT_KEY = b"k" * 32
_SURNAMES = "张王李赵陈刘杨黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂兰建华文玉红"
Document = dict[str, Any]


def newest_day() -> datetime:
    """Midnight of today: entries are of the days before, as after some days without a network."""
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def entries(count: int, seed: int) -> Iterator[Entry]:
    """So many passages, oldest first."""
    chance, policy = random.Random(seed), parse_policy(POLICY.read_text("utf-8"))
    start = newest_day() - timedelta(days=count / A_DAY)
    for number in range(count):
        yield _entry(chance, policy, start + timedelta(days=number / A_DAY), number)


def _entry(chance: random.Random, policy: Policy, at: datetime, number: int) -> Entry:
    person = random.Random(chance.randrange(PEOPLE)).randbytes(8).hex()
    direction = chance.choice((Direction.IN, Direction.OUT))
    known = (
        Fact(FactKind.IDENTITY, "resident", at - timedelta(days=20), "roster"),
        Fact(FactKind.COLOUR, "green", at - timedelta(minutes=chance.randrange(600)), "center"),
        Fact(FactKind.TEST, "negative", at - timedelta(minutes=chance.randrange(4_000)), "center"),
        Fact(FactKind.INSIDE, direction.value, at - timedelta(minutes=chance.randrange(600)), "journal"),
        Fact(FactKind.OUTING, str(chance.randrange(2)), at, "journal"),
    )
    passage = Passage(
        Claim("", 0.0, TOKEN, person),
        _temperature(chance, at),
        Closing.PAIRED,
        direction=direction,
        gate="东门",
    )
    return from_passage(
        passage,
        known,
        decide(passage, known, policy, at),
        id=make_id(at, chance.randbytes(10)),
        at=at,
        mono=float(number) * 36,
        boot="5f0c1d9a",
        lane="1",
        direction=direction,
        policy=policy.label,
        policy_digest=policy.digest,
        emulated=False,
    )


def _temperature(chance: random.Random, at: datetime) -> Temperature:
    degrees = round(chance.gauss(36.4, 0.3), 1)
    raw = round(degrees - 0.5, 1)
    return Temperature(
        raw, degrees, Site.FOREHEAD, 21.0, Instrument("stand", "lu90614"), "offset", (raw,), 36.8
    )


def personal_part(entry: Entry) -> bytes:
    """The key of the code that was shown, as the lane hands it to the journal."""
    return random.Random(entry.person_id).randbytes(32).hex().encode()


def entry_document(entry: Entry, sealed: bytes) -> Document:
    """The same as JSON of named fields, what is not known left out, with its sealed personal part."""
    return {"_id": entry.id.hex(), **_named(entry), "personal": base64.b64encode(sealed).decode()}


def _named(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        fields = ((name, getattr(value, name)) for name in value.__struct_fields__)
        return {name: _named(one) for name, one in fields if one is not None}
    if isinstance(value, tuple):
        return [_named(one) for one in value]
    return value.hex() if isinstance(value, bytes) else value


def people(count: int, seed: int) -> Iterator[tuple[str, PersonItem]]:
    """Ids and people as `center import` makes them of a list with names, dwellings, phones and ID numbers."""
    chance = random.Random(seed)
    for number in range(count):
        yield chance.randbytes(8).hex(), _person(chance, number)


def _person(chance: random.Random, number: int) -> PersonItem:
    house = number // 3
    dwelling = f"{house // 144 + 1}-{house // 36 % 4 + 1}-{house // 2 % 18 + 1}0{house % 2 + 1}"
    name = chance.choice(_SURNAMES) + chance.choice(_GIVEN) + chance.choice(_GIVEN)
    return PersonItem(
        "resident",
        name,
        dwelling,
        codes=(shared_key(_DISTRICT_KEY, "code", f"https://kakou.invalid/{number}"),),
        keys=(
            shared_key(_DISTRICT_KEY, "resident", f"{name}\0{dwelling}"),
            shared_key(_DISTRICT_KEY, "id_number", str(number)),
        ),
        house=shared_key(_DISTRICT_KEY, "dwelling", dwelling),
        phones=(f"1{30 + number % 60:02d}{number:08d}",),
        birth=f"{1940 + number % 80}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
    )


def person_document(person_id: str, person: PersonItem) -> Document:
    """The same as JSON, what is empty left out."""
    return {"_id": person_id, **{name: value for name, value in _named(person).items() if value}}


def item(person_id: str, person: PersonItem) -> tuple[str, str, bytes]:
    """As the center's lists take it."""
    return "person", person_id, encode_item(person)


def write_documents(path: Path, documents: Iterable[Document]) -> None:
    """One JSON each line."""
    with path.open("w", encoding="utf-8") as file:
        for document in documents:
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
