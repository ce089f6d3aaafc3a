"""`center policy|trust|notice`: what goes out to the gates as it is."""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256

import msgspec

from center.commands.place import now_ms, open_place, read_text
from center.result import CommandError, Exit, Say, found_or_said, print_json, print_line
from center.store.lists import ScopedItem
from station.codes.lists import kind_of, parse_list
from station.codes.trustlists import TrustError
from station.core.policy import digest, parse_policy
from station.core.policy_errors import PolicyError
from station.sync.items import NoticeItem, PolicyItem, TrustItem, decode_item, encode_item

MOST_CHARACTERS = 200_000  # of a policy or a notice
MOST_OF_LIST = 4_000_000  # of a trust list
_ANY_DAY = datetime.min.replace(tzinfo=UTC)


def send_policy(arguments: argparse.Namespace, say: Say) -> Exit:
    text = _text(arguments, say, MOST_CHARACTERS)
    try:
        parse_policy(text)
    except PolicyError as error:
        raise CommandError(say("这份规则有错，没有发出去：{}").format(error), Exit.NEGATIVE) from error
    at_ms = _ms(arguments.at) if arguments.at else now_ms()
    put_apart(arguments, say, ("policy", digest(text), encode_item(PolicyItem(text, at_ms, arguments.by))))
    if arguments.json:
        print_json({"digest": digest(text), "activate_at_ms": at_ms})
    else:
        when = datetime.fromtimestamp(at_ms / 1000).astimezone().strftime("%Y-%m-%d %H:%M")
        print_line(say("规则发出去了，{} 起生效").format(when))
    return Exit.DONE


def send_trust(arguments: argparse.Namespace, say: Say) -> Exit:
    text = _text(arguments, say, MOST_OF_LIST)
    try:
        kind = kind_of(text)
    except TrustError as error:
        raise CommandError(say("这不是可以用的名单：{}").format(error), Exit.NEGATIVE) from error
    put_apart(arguments, say, ("trust", arguments.file.name, encode_item(TrustItem(text))), _list_in)
    if arguments.json:
        print_json({"file": arguments.file.name, "kind": kind.value})
    else:
        print_line(say("名单发出去了：{}（{}）").format(arguments.file.name, kind.value))
    return Exit.DONE


def send_notice(arguments: argparse.Namespace, say: Say) -> Exit:
    if arguments.list:
        return _show_notices(arguments, say)
    if (arguments.title is None) == (arguments.take_back is None):
        raise CommandError(say("请写通知的标题，或者 --take-back 编号"), Exit.WRONG_USE)
    if arguments.take_back:
        notice_id = arguments.take_back
        put_again(arguments, say, ("notice", notice_id, None))
    else:
        notice_id = uuid.uuid4().hex[:12]
        put(arguments, say, ("notice", notice_id, encode_item(_notice(arguments, say))))
    if arguments.json:
        print_json({"id": notice_id, "taken_back": bool(arguments.take_back)})
    elif arguments.take_back:
        print_line(say("通知撤回了"))
    else:
        print_line(say("通知发出去了，编号 {}").format(notice_id))
    return Exit.DONE


def _show_notices(arguments: argparse.Namespace, say: Say) -> Exit:
    """Exit 1 if there is none."""
    with open_place(arguments, say) as place:
        items = list(place.store.lists.each("quick", "notice"))
    for item in items:
        notice = decode_item("notice", item.body or b"")
        assert isinstance(notice, NoticeItem)
        if arguments.json:
            print_json({"id": item.key, "title": notice.title, "urgent": notice.urgent})
        else:
            print_line(f"{item.key}  {'! ' if notice.urgent else ''}{notice.title}")
    return found_or_said(items, say)


def _notice(arguments: argparse.Namespace, say: Say) -> NoticeItem:
    if not arguments.title.strip():
        raise CommandError(say("请写通知的标题，或者 --take-back 编号"), Exit.WRONG_USE)
    if len(arguments.title) > 200 or len(arguments.text) > MOST_CHARACTERS:
        raise CommandError(say("太长了：标题最多 200 个字"), Exit.WRONG_USE)
    until_ms = _ms(arguments.until) if arguments.until else None
    return NoticeItem(now_ms(), arguments.title, arguments.text, arguments.urgent, until_ms)


def _text(arguments: argparse.Namespace, say: Say, most: int) -> str:
    text = read_text(arguments.file, say, 4 * most)
    if len(text) > most:
        raise CommandError(say("文件太大：{}").format(arguments.file), Exit.NEGATIVE)
    return text


def put(arguments: argparse.Namespace, say: Say, item: tuple[str, str, bytes]) -> None:
    """Into the quick list, for the branch that is named."""
    with open_place(arguments, say) as place:
        place.store.lists.put("quick", [item], arguments.branch)


def put_apart(
    arguments: argparse.Namespace,
    say: Say,
    item: tuple[str, str, bytes],
    what: Callable[[bytes], str] = lambda _: "",
) -> None:
    """The same for what is not named by us: what another branch has under that name stays there, and so does
    what is something else by `what`. A gate does not mind the name."""
    name, key, body = item
    branch, told = arguments.branch, what(body)
    own = f"{key}-{sha256(msgspec.json.encode((branch, told))).hexdigest()[:16]}"

    def is_free(_: ScopedItem, kept: bytes | None, scope: str) -> bool:
        return kept is None or (scope == branch and what(kept) == told)

    with open_place(arguments, say) as place:
        lists = place.store.lists
        has_own = lists.scope_of("quick", name, own) is not None
        if has_own or lists.put_where("quick", [(name, key, body, branch)], is_free):
            lists.put("quick", [(name, own, body)], branch)


def put_again(arguments: argparse.Namespace, say: Say, item: tuple[str, str, bytes | None]) -> None:
    """What is done, or taken back (None), stays that of its branch. Raises CommandError: it is not there."""
    with open_place(arguments, say) as place:
        branch = place.store.lists.scope_of("quick", item[0], item[1])
        if branch is None:
            raise CommandError(say("没有这个编号：{}").format(item[1]), Exit.NEGATIVE)
        place.store.lists.put("quick", [item], branch)


def _list_in(body: bytes) -> str:
    """Which list it is to a gate: of one kind and name the newest counts there."""
    item = decode_item("trust", body)
    assert isinstance(item, TrustItem)
    try:
        brought = parse_list(item.text, issuer=None, as_of=_ANY_DAY)
    except TrustError:  # for a newer gate perhaps
        return ""
    return f"{brought.kind} {brought.name}"


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
