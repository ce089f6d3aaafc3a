"""A center that gives lists, as a test writes them down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from station.core.entry import to_ms
from station.journal.center_lists import Applied, CenterLists
from station.journal.center_pages import prepare_page
from station.journal.enrolment import Enrolment, put_enrolment
from station.journal.entries import Journal
from station.sync.bundle import Item, Page, ReadyPeople
from station.sync.items import FactItem, PersonItem, encode_item, shared_key
from station.sync.people_chunks import packed_people
from tests.journal.samples import NOON

DISTRICT_KEY = b"d" * 32
EPOCH = b"e" * 16


def enrol(
    journal: Journal,
    *,
    district_key: bytes = DISTRICT_KEY,
    center_key: bytes = b"c" * 32,
    opening_key: bytes = b"",
    name: str = "",
) -> None:
    """`name`: how the center calls this station; `opening_key`: each enrolment has its own."""
    ends = ("https://center.example", "PEM", center_key, b"s" * 32, district_key)
    put_enrolment(journal, Enrolment(*ends, opening_key=opening_key, name=name))


def key(kind: str, text: str) -> str:
    return shared_key(DISTRICT_KEY, kind, text)


def fact(
    about: str, subject: str, kind: str, value: str, as_of_ms: int = to_ms(NOON)
) -> tuple[str, str, bytes]:
    body = encode_item(FactItem(about, subject, kind, value, as_of_ms))
    return "fact", f"{about}:{subject}:{kind}", body


def person(
    person_id: str,
    name: str = "王芳",
    dwelling: str = "3-2-501",
    *,
    codes: tuple[str, ...] = (),
    id_number: str = "",
    category: str = "resident",
    birth: str = "",
    guardians: tuple[str, ...] = (),
    occupation: str = "",
    former: tuple[str, ...] = (),
    went_by: tuple[str, ...] = (),
) -> tuple[str, str, bytes]:
    numbers = (key("id_number", id_number),) if id_number else ()
    item = PersonItem(
        category,
        name,
        dwelling,
        codes=tuple(key("code", code) for code in codes),
        keys=(*numbers, key("resident", f"{name}\0{dwelling}")),
        house=key("dwelling", dwelling) if dwelling else "",
        phones=("13800001234",),
        birth=birth,
        guardians=guardians,
        occupation=occupation,
        former=former,
        went_by=went_by,
    )
    return "person", person_id, encode_item(item)


def gone(list_name: str, item_key: str) -> tuple[str, str, None]:
    return list_name, item_key, None


@dataclass
class Channel:
    """One channel: every change gets the next version."""

    lists: CenterLists
    journal: Journal
    name: str = "quick"
    epoch: bytes = EPOCH
    version: int = 0
    server_ms: int = to_ms(NOON)
    sent: list[Page] = field(default_factory=list)
    ready: bool = False  # people are made ready by the center

    def page(self, *items: tuple[str, str, bytes | None], more: bool = False, refetch: bool = False) -> Page:
        since = self.version
        numbered = []
        for list_name, item_key, body in items:
            self.version += 1
            numbered.append(Item(list_name, item_key, self.version, body))
        people, strange = packed_people(numbered) if self.ready else (ReadyPeople(), numbered)
        page = Page(
            *(1, self.name, self.epoch, since, self.version, more, self.server_ms, tuple(strange)),
            refetch=refetch,
            people=people,
        )
        self.sent.append(page)
        return page

    def give(
        self, *items: tuple[str, str, bytes | None], more: bool = False, refetch: bool = False
    ) -> Applied:
        return self.take(self.page(*items, more=more, refetch=refetch))

    def take(self, page: Page, *, by_stick: bool = False, now: datetime = NOON) -> Applied:
        return self.lists.apply(prepare_page(self.journal.vault, page), now, by_stick=by_stick)

    def restored(self, epoch: bytes) -> None:
        """The center comes back from a backup: its lists are of another epoch, and count from the start."""
        self.epoch, self.version = epoch, 0
        self.server_ms += 1000

    def again(self, page: Page) -> Page:
        """The same page as if the center had answered it now."""
        return msgspec.structs.replace(page, server_ms=self.server_ms)
