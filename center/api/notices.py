"""Notices (通知) to the gates of a branch, with how many have read them."""

from __future__ import annotations

import uuid

import msgspec

from center.api.call import Call, ProblemError
from center.api.words import Branch, Done, Line, Milliseconds, Text
from station.sync.items import NoticeItem, decode_item, encode_item

CHANNEL, LIST = "quick", "notice"
MOST = 200  # of one answer


class NewNotice(msgspec.Struct, frozen=True):
    """`urgent`: it pops up on the gates' screens. `until_ms`: shown so long; null: until taken back."""

    title: Line
    text: Text = ""
    urgent: bool = False
    until_ms: Milliseconds | None = None
    branch: Branch = ""


class NoticeOut(msgspec.Struct, frozen=True):
    id: str
    branch: str
    at_ms: int
    title: str
    text: str
    urgent: bool
    until_ms: int | None
    read_by: tuple[str, ...]  # ids of gates


class Notices(msgspec.Struct, frozen=True):
    notices: tuple[NoticeOut, ...]  # the newest
    left_out: int = 0  # older ones that there are


def all_notices(call: Call) -> Notices:
    found = []
    for item, branch in call.store.lists.each_with_scope(CHANNEL, LIST):
        if branch.startswith("@") or not call.scope.holds(branch):
            continue
        said = decode_item(LIST, item.body or b"")
        assert isinstance(said, NoticeItem)
        found.append((item.key, branch, said))
    found.sort(key=lambda one: -one[2].at_ms)
    some = found[:MOST]
    ours = {row.station for row in call.store.gates.overview(call.scope)}
    read = call.store.reports.answered("notice_read", "notice", [key for key, *_ in some], ours)
    return Notices(tuple(_out(*one, read.get(one[0], set())) for one in some), len(found[MOST:]))


def send(call: Call) -> Done:
    new: NewNotice = call.body
    branch = call.branch(new.branch)
    if not new.title.strip():
        raise ProblemError("not_understood", "title: empty")
    key = uuid.uuid4().hex[:12]
    notice = NoticeItem(call.now_ms, new.title, new.text, new.urgent, new.until_ms)
    call.store.lists.put(CHANNEL, [(LIST, key, encode_item(notice))], branch)
    call.note("发了通知", branch=branch, about=key)
    return Done(key)


def take_back(call: Call) -> Done:
    key = call.parts["notice"]
    for item, branch in call.store.lists.each_with_scope(CHANNEL, LIST):
        if item.key == key and not branch.startswith("@") and call.scope.holds(branch):
            call.store.lists.put(CHANNEL, [(LIST, key, None)], branch)
            call.note("撤回了通知", branch=branch, about=key)
            return Done(key)
    raise ProblemError("not_found")


def _out(key: str, branch: str, said: NoticeItem, read: set[bytes]) -> NoticeOut:
    gates = tuple(sorted(station.hex() for station in read))
    return NoticeOut(key, branch, said.at_ms, said.title, said.text, said.urgent, said.until_ms, gates)
