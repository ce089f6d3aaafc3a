"""Visitors, parcels and errands, one step after another: what is asked, what can be tapped, what follows.

No widget and no clock of its own: `visitor_page` shows it. The house comes first, because it is what
everybody says first; what it is for comes second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from PySide6.QtCore import QCoreApplication

from station.core.errand import PARCELS, SERVICES, Ending, ErrandKind, endings
from station.core.visit import SURNAMES, Purpose
from station.ui import visit_words, visitor_said
from station.ui.visitor_desk import Chore, Draft, Expected, Guest, VisitorDesk, VisitorDeskError
from station.ui.visitor_said import Step

translate = QCoreApplication.translate

MOST_TYPED = 12  # digits of a house or of a phone
MOST_EXPECTED = 5  # tiles beside the number pad
_PHONE_DIGITS = range(7, 13)
_LISTS = (Step.GUESTS, Step.PARCELS, Step.ERRANDS)


@dataclass(frozen=True, slots=True)
class Option:
    """Two lines to read, what a tap does, and the key that does the same; with a key it is a large button."""

    large: str = field(repr=False)
    act: Callable[[], None] = field(repr=False)
    small: str = field(default="", repr=False)
    key: str = ""
    late: bool = False


class VisitorFlow:
    """`done` once the page may go: the lane has somebody, or nobody wants anything more."""

    def __init__(self, desk: VisitorDesk) -> None:
        self._desk = desk
        self.start()

    def use(self, desk: VisitorDesk) -> None:
        self._desk = desk
        self.start()

    def start(self) -> None:
        """From the beginning. What was half done for a visitor is not done."""
        self.step, self.typed, self.note, self.done = Step.HOUSE, "", "", False
        self._draft, self._visit_id = Draft(""), ""
        self._chore: Chore | None = None
        self.read()

    def read(self) -> None:
        """What waits and who is there, anew."""
        try:
            self._guests: Sequence[Guest] = self._desk.guests()
            self._expected: Sequence[Expected] = self._desk.expected()
            self._chores: Sequence[Chore] = self._desk.chores()
            self._rules = self._desk.rules()
        except VisitorDeskError as error:
            self._guests = self._expected = self._chores = ()
            self.note = str(error)

    # --- what is shown ------------------------------------------------------------------------

    @property
    def with_pad(self) -> bool:
        """Whether digits are wanted."""
        return self.step in (Step.HOUSE, Step.PHONE)

    @property
    def title(self) -> str:
        return visitor_said.title(self.step, self._draft.house, self._chore)

    @property
    def hint(self) -> str:
        """What happened last, or else what to do."""
        return self.note or self._advice()

    def _advice(self) -> str:
        if self.step in _LISTS and not self.options():
            return visitor_said.nothing(typed=bool(self.typed))
        if self.step is Step.HOUSE and self.typed:
            return visitor_said.typed_house(len(self.options()))
        late = sum(one.late for one in self._chores)
        return visitor_said.advice(self.step, self._rules, late, expected=bool(self._expected))

    # --- what can be tapped -------------------------------------------------------------------

    def options(self) -> list[Option]:
        """What is offered in this step, in order."""
        offers: dict[Step, Callable[[], Iterator[Option]]] = {
            Step.HOUSE: self._at_first,
            Step.WHAT: self._purposes,
            Step.PHONE: lambda: iter(()),
            Step.TRAVEL: self._journeys,
            Step.CODE: self._codes,
            Step.SURNAME: self._surnames,
            Step.GUESTS: self._who_leaves,
            Step.PARCELS: self._waiting,
            Step.PARCEL_KIND: partial(self._kinds, PARCELS),
            Step.ERRANDS: self._waiting,
            Step.ERRAND_KIND: partial(self._kinds, SERVICES),
            Step.ENDING: self._endings,
        }
        return list(offers[self.step]())

    def lists(self) -> list[Option]:
        """The ways to what is inside, waits, and is to be done; beside the number pad."""
        if self.step is not Step.HOUSE:
            return []
        parcels = [one for one in self._chores if one.parcel]
        errands = [one for one in self._chores if not one.parcel]
        late = sum(one.late for one in self._guests)
        return [
            self._list(translate("visitors", "访客要走"), len(self._guests), late, "/", Step.GUESTS),
            self._list(translate("visitors", "代收"), len(parcels), _late(parcels), "*", Step.PARCELS),
            self._list(translate("visitors", "代办"), len(errands), _late(errands), "+", Step.ERRANDS),
        ]

    def _list(self, word: str, count: int, late: int, key: str, step: Step) -> Option:
        text = f"{word} {count}" if count else word
        text += translate("visitors", " · {late} 超时").format(late=late) if late else ""
        return Option(text, partial(self._go, step), key=key, late=bool(late))

    def _at_first(self) -> Iterator[Option]:
        if self.typed:
            for house in self._desk.houses(self.typed):
                yield Option(house, partial(self._take_house, house), visit_words.visitor())
            return
        for one in self._expected[:MOST_EXPECTED] if self._rules.coming_in else ():
            yield Option(self._expected_name(one), partial(self._take_expected, one), self._told(one))

    def _expected_name(self, one: Expected) -> str:
        return f"{one.name or visit_words.visitor()} → {one.house}"

    def _told(self, one: Expected) -> str:
        parts = [translate("visitors", "预约 {hours}").format(hours=one.hours)]
        if one.left > 1:
            parts.append(translate("visitors", "还有 {count} 位").format(count=one.left))
        if one.phone_tail:
            parts.append(translate("visitors", "尾号 {tail}").format(tail=one.phone_tail))
        return " · ".join(parts)

    def _purposes(self) -> Iterator[Option]:
        for number, purpose in enumerate(Purpose, start=1):
            act = partial(self._take_purpose, purpose)
            yield Option(visit_words.purpose(purpose), act, key=str(number))
        parcel, errand = partial(self._go, Step.PARCEL_KIND), partial(self._go, Step.ERRAND_KIND)
        yield Option(translate("visitors", "放东西，不进去"), parcel, key="5")
        yield Option(translate("visitors", "托我们办事"), errand, key="6")

    def _journeys(self) -> Iterator[Option]:
        yield Option(translate("visitors", "没去过"), partial(self._take_travel, "no"), key="1")
        yield Option(translate("visitors", "去过"), partial(self._take_travel, "yes"), key="2")

    def _codes(self) -> Iterator[Option]:
        yield Option(translate("visitors", "他没有码"), self._without_code, key="1")
        yield Option(translate("visitors", "记下姓"), partial(self._go, Step.SURNAME), key="2")

    def _surnames(self) -> Iterator[Option]:
        for surname in SURNAMES:
            yield Option(surname, partial(self._take_surname, surname), " ")

    def _who_leaves(self) -> Iterator[Option]:
        for one in self._guests:
            if _is_of(one.house, self.typed):
                long = visit_words.for_long(one.for_long)
                small = f"{visit_words.purpose(one.purpose)} · {_long(long, late=one.late)}"
                large = f"{one.house} {one.name}".strip()
                yield Option(large, partial(self._leave, one), small, late=one.late)

    def _waiting(self) -> Iterator[Option]:
        for one in self._chores:
            if one.parcel == (self.step is Step.PARCELS) and _is_of(one.house, self.typed):
                long = _long(visit_words.for_long(one.for_long), late=one.late)
                large = f"{one.house} {visit_words.kind(one.kind)}"
                small = " · ".join(filter(None, (long, one.note)))
                yield Option(large, partial(self._choose, one), small, late=one.late)

    def _kinds(self, kinds: Sequence[ErrandKind]) -> Iterator[Option]:
        for number, kind in enumerate(kinds, start=1):
            yield Option(visit_words.kind(kind), partial(self._take_chore, kind), key=str(number))

    def _endings(self) -> Iterator[Option]:
        for number, ending in enumerate(endings(self._chore.kind) if self._chore else (), start=1):
            act = partial(self._close, ending)
            yield Option(visit_words.ending(ending), act, key=str(number))

    # --- keys -----------------------------------------------------------------------------------

    def type(self, character: str) -> None:
        """A digit, a dash, or the key of an option."""
        for option in (*self.options(), *self.lists()):
            if option.key and option.key == character:
                self.take(option)
                return
        digits = self.with_pad or self.step in _LISTS
        if digits and (character == "-" or (character.isascii() and character.isdigit())):
            self.typed = (self.typed + character)[:MOST_TYPED]
            self.note = ""

    def erase(self) -> None:
        self.typed, self.note = self.typed[:-1], ""

    def enter(self) -> None:
        """All was typed."""
        if self.step is Step.PHONE:
            self._take_phone()
        elif self.step is Step.HOUSE and self.typed:
            self._enter_house()
        elif self.step in _LISTS and self.typed:
            options = self.options()
            if len(options) == 1:
                self.take(options[0])

    def take(self, option: Option) -> None:
        """Somebody tapped it. What cannot be done is said, and nothing is lost."""
        try:
            option.act()
        except VisitorDeskError as error:
            self.note = str(error)

    def back(self) -> bool:
        """One step back; False if this was the first."""
        if self.step is Step.HOUSE and not self.typed:
            return False
        if self.step is Step.SURNAME:
            self._go(Step.CODE)
            return True
        self.forget_visit()
        self.start()
        return True

    def leave(self) -> None:
        """The page goes. Somebody who was asked for a code and showed none is not lost: they have none."""
        visit_id, self._visit_id = self._visit_id, ""
        if visit_id and self._desk.awaits_code(visit_id):
            self._desk.open(visit_id)

    def tick(self) -> None:
        """Whether the code that was asked for has come: then the lane has them."""
        if self._visit_id and not self._desk.awaits_code(self._visit_id):
            self._visit_id, self.done = "", True

    # --- what follows ---------------------------------------------------------------------------

    def _go(self, step: Step) -> None:
        self.step, self.typed, self.note = step, "", ""

    def _enter_house(self) -> None:
        found = self._desk.houses(self.typed)
        if len(found) == 1:
            self._take_house(found[0])
        elif found:
            self.note = translate("visitors", "有几户像，请点一下是哪一户")
        elif not self._desk.knows_houses():
            self._take_house(self.typed)
        else:
            self.note = translate(
                "visitors", "没有 {house} 这一户。请再问一遍门牌；还是没有，请他给住户打电话"
            )
            self.note = self.note.format(house=self.typed)

    def _take_house(self, house: str) -> None:
        self._draft = Draft(house)
        self._go(Step.WHAT)

    def _take_purpose(self, purpose: Purpose) -> None:
        if not self._rules.coming_in:
            self.note = translate("visitors", "现在看的是出去的人，先按 F12 换成“进”，再登记访客")
            return
        self._draft = replace(self._draft, purpose=purpose)
        if self._rules.phone:
            self._go(Step.PHONE)
        else:
            self._after_phone()

    def _take_phone(self) -> None:
        if not self.typed and self._rules.phone_must:
            self.note = translate("visitors", "这里规定要留手机号")
        elif self.typed and (len(self.typed) not in _PHONE_DIGITS or "-" in self.typed):
            self.note = translate("visitors", "位数不对，手机号是 11 位，请再看一眼")
        else:
            self._draft = replace(self._draft, phone=self.typed)
            self._after_phone()

    def _after_phone(self) -> None:
        if self._rules.travel:
            self._go(Step.TRAVEL)
        else:
            self._begin()

    def _take_travel(self, answer: str) -> None:
        self._draft = replace(self._draft, travel=answer)
        self._begin()

    def _take_expected(self, one: Expected) -> None:
        self._draft = Draft(one.house, Purpose.FAMILY, announced=one.id)
        self._after_phone()

    def _begin(self) -> None:
        """All was asked: they show their code, or are measured at once."""
        try:
            visit_id = self._desk.begin(self._draft, with_code=self._rules.code)
            if self._rules.code:
                self._visit_id = visit_id
                self._go(Step.CODE)
            else:
                self._desk.open(visit_id)
                self.done = True
        except VisitorDeskError as error:
            self.note = str(error)

    def _without_code(self) -> None:
        visit_id, self._visit_id = self._visit_id, ""
        if self._desk.awaits_code(visit_id):
            self._desk.open(visit_id)
        self.done = True

    def _take_surname(self, surname: str) -> None:
        self._desk.name(self._visit_id, surname)
        self._go(Step.CODE)
        self.note = translate("visitors", "记下了，姓{surname}").format(surname=surname)

    def forget_visit(self) -> None:
        """Whoever was asked for a code went away."""
        if self._visit_id:
            self._desk.cancel(self._visit_id)
        self._visit_id = ""

    def _leave(self, guest: Guest) -> None:
        self._desk.leave(guest)
        self.start()
        if not self._rules.coming_in:
            self.done = True  # they pass the lane as everybody
        self.note = translate("visitors", "记好了：{house} 的访客走了").format(house=guest.house)

    def _choose(self, chore: Chore) -> None:
        self._chore = chore
        self._go(Step.ENDING)

    def _take_chore(self, kind: ErrandKind) -> None:
        house = self._draft.house
        self._desk.take(kind, house)
        self.start()
        word = visit_words.kind(kind)
        self.note = translate("visitors", "记好了：{house}，{kind}。没有别的就按返回").format(
            house=house, kind=word
        )

    def _close(self, ending: Ending) -> None:
        chore = self._chore
        assert chore is not None
        done = self._desk.close(chore, ending)
        self.start()
        text = (
            translate("visitors", "记好了：{house} 的{kind}，{ending}")
            if done
            else translate("visitors", "{house} 的{kind}，已经有人记过了")
        )
        word, how = visit_words.kind(chore.kind), visit_words.ending(ending)
        self.note = text.format(house=chore.house, kind=word, ending=how)


def _late(chores: Sequence[Chore]) -> int:
    return sum(one.late for one in chores)


def _long(text: str, *, late: bool) -> str:
    return translate("visitors", "超时 {long}").format(long=text) if late else text


def _is_of(house: str, typed: str) -> bool:
    """Whether these digits begin this house."""
    wanted = typed.replace("-", "")
    return "".join(filter(str.isdigit, house)).startswith(wanted)
