"""The steps of handing over before anybody signs: the sheet, the checklists, the stopped, a remark."""

from __future__ import annotations

from functools import partial

from station.core.handover import MOST_OF_REMARK, Place, Stopped
from station.reports.handover_sheet import Block
from station.ui import handover_words
from station.ui.handover_cards import SheetCard
from station.ui.handover_frame import KEYS, STAYS_S, TILED, TILES, HandoverFrame, Step
from station.ui.offers import Offer

TAPPED = {"open_points": "1", "stopped": "2", "remark": "3"}  # and the digit that does the same


class HandoverSteps(HandoverFrame):
    """What is read and said."""

    # --- the sheet ------------------------------------------------------------------------------

    def show_sheet(self) -> None:
        """As of now; or what was signed, if it waits for the incoming one."""
        waits = self._waiting()
        self._sheet = waits.sheet if waits else self._asked(lambda: self._desk.draft(self._remark))
        self._lists = self._asked(self._desk.lists) or ()
        zone = self._desk.now().tzinfo
        if self._sheet is None or zone is None:
            return
        span = handover_words.span(self._sheet, zone, year=False)
        self.title.setText(self.tr("交班单  {span}").format(span=span))
        left = sum(one.open for one in self._lists)
        told = [*handover_words.blocks(self._sheet, zone), self._open_points(left)]
        for card, block in zip(self.cards, told, strict=False):
            key = TAPPED.get(block.slug, "") if waits is None else ""
            card.show_block(block, key if block.slug != "stopped" or self._sheet.stopped else "")
        self.cards[12].show_block(handover_words.remark(self._sheet), "" if waits else TAPPED["remark"])
        if waits:
            self._turn(Step.SHEET, go_on=self.tr("接班签字"), other=self.tr("重写交班单"))
        else:
            self._turn(Step.SHEET, go_on=self.tr("签字交班"))

    def _open_points(self, left: int) -> Block:
        title = self.tr("清单")
        value = self.tr("还有 {count} 项没做").format(count=left) if left else self.tr("都做好了")
        lines = tuple(
            self.tr("{list}：还差 {open} 项").format(list=one.title, open=one.open)
            for one in self._lists
            if one.open
        )
        return Block("open_points", title, value, lines, bool(left))

    def _tap(self, card: SheetCard) -> None:
        self.stay(STAYS_S)
        act = {
            "open_points": lambda: self.show_points(0),
            "stopped": self.show_stops,
            "remark": self._ask_remark,
        }.get(card.slug)
        if act and card.isEnabled():
            act()

    # --- the checklists -------------------------------------------------------------------------

    def show_points(self, number: int) -> None:
        """One list; `number` counts from 0."""
        self._lists = self._asked(self._desk.lists) or ()
        if not self._lists:
            return
        self._list = number % len(self._lists)
        shown = self._lists[self._list]
        self.title.setText(
            self.tr("{list}清单 · 做好一项，点一下（{number}/{all}）").format(
                list=shown.title, number=self._list + 1, all=len(self._lists)
            )
        )
        for place, tile in enumerate(self.points):
            there = place < len(shown.points)
            tile.show_point(shown.points[place] if there else None, KEYS[place] if there else "")
        self._turn(Step.POINTS, more=self.tr("下一张") if len(self._lists) > 1 else "")

    def _tick(self, place: int) -> None:
        shown = self._lists[self._list] if self._lists else None
        if self._step is Step.POINTS and shown and place < len(shown.points):
            self.stay(STAYS_S)
            self._asked(lambda: self._desk.tick(shown.points[place]))
            self.show_points(self._list)

    # --- where the stopped were sent ------------------------------------------------------------

    def show_stops(self) -> None:
        if self._sheet is None or not self._sheet.stopped:
            return
        self.title.setText(self.tr("拦下的人送去哪里了？点一下名字。"))
        stopped = sorted(self._sheet.stopped, key=lambda one: (bool(one.place), -one.at_ms))
        self._offer(
            Step.STOPS,
            [
                (Offer(handover_words.who(one), self._about(one)), partial(self._ask_place, one))
                for one in stopped
            ],
        )

    def _about(self, one: Stopped) -> str:
        where = handover_words.place(one.place) if one.place else self.tr("去向没写")
        return f"{handover_words.reason(one.reason)} · {where}"

    def _ask_place(self, one: Stopped) -> None:
        self._stop = one
        self.title.setText(self.tr("{who} 送去哪里了？").format(who=handover_words.who(one)))
        self._offer(
            Step.PLACES,
            [(Offer(handover_words.place(place), ""), partial(self._send, place)) for place in Place],
        )

    def _send(self, place: Place) -> None:
        stop = self._stop
        if stop:
            self._asked(lambda: self._desk.send(stop.id, place.value))
        draft = self._asked(lambda: self._desk.draft(self._remark))
        if draft is None:
            return
        self._sheet = draft
        if self._sheet.unsaid:
            self.show_stops()
        else:
            self.show_sheet()

    # --- a remark -------------------------------------------------------------------------------

    def _ask_remark(self) -> None:
        self.title.setText(self.tr("要交代的话，写一句"))
        self.note.show_text(self.tr("比如：3 号楼老人的药下午到。不写也行。"))
        self._turn(Step.REMARK, go_on=self.tr("写好了"))
        self.field.ask(self.tr("写在这里"), self._remark, MOST_OF_REMARK)

    # --- keys -----------------------------------------------------------------------------------

    def _digit(self, character: str) -> None:
        place = KEYS.index(character)
        if self._step is Step.POINTS:
            self._tick(place)
        elif character == "0":
            self._otherwise()
        elif self._step in TILED:
            self._take(place)
        elif self._step is Step.SHEET:
            for card in self.cards:
                if card.key == character:
                    self._tap(card)

    def _leaf(self) -> None:
        if self._step is Step.POINTS:
            self.show_points(self._list + 1)
        elif self._step in TILED and len(self._offers) > TILES:
            self._first = self._first + TILES if self._first + TILES < len(self._offers) else 0
            self._show_offers()
