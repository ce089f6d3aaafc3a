"""`center task|revoke-pass`: what the people at the gates are to do, and which passes they shall not take."""

from __future__ import annotations

import argparse
import re
import uuid

import msgspec

from center.commands.lists import MOST_CHARACTERS, put, put_again
from center.commands.place import now_ms, open_place
from center.result import CommandError, Exit, Say, found_or_said, print_json, print_line
from center.scope import common
from station.sync.items import RevokedPassItem, TaskItem, decode_item, encode_item

_NUMBER = re.compile("[0-9a-f]{16}")


def send_task(arguments: argparse.Namespace, say: Say) -> Exit:
    """One of: a new task, one that is done, one that is taken back, all that there are."""
    wanted = [arguments.text, arguments.done, arguments.take_back, arguments.list or None]
    if sum(one is not None for one in wanted) != 1:
        raise CommandError(say("请写要办的事；或者 --done 编号，--take-back 编号，--list"), Exit.WRONG_USE)
    if arguments.list:
        return _show_tasks(arguments, say)
    if arguments.text is not None:
        return _add(arguments, say)
    task_id = arguments.done or arguments.take_back
    body = encode_item(_done(arguments, say)) if arguments.done else None
    put_again(arguments, say, ("task", task_id, body))
    if arguments.json:
        print_json({"id": task_id, "done": body is not None, "taken_back": body is None})
    else:
        print_line(say("记下了：办好了") if body else say("撤回了"))
    return Exit.DONE


def revoke_passes(arguments: argparse.Namespace, say: Say) -> Exit:
    """Gates stop these passes from now on, whichever gate issued them; those that did so before go on."""
    numbers = [number.replace(" ", "").lower() for number in arguments.numbers]
    if wrong := [number for number in numbers if not _NUMBER.fullmatch(number)]:
        raise CommandError(say("出入证编号是 16 位，照证上的写：{}").format(wrong[0]), Exit.WRONG_USE)
    body = encode_item(RevokedPassItem(now_ms()))
    with open_place(arguments, say) as place:
        lists = place.store.lists
        for number in numbers:
            before = lists.scope_of("quick", "revoked_pass", number)
            branch = arguments.branch if before is None else common(before, arguments.branch)
            lists.put("quick", [("revoked_pass", number, body)], branch)
    if arguments.json:
        print_json({"revoked": numbers})
    else:
        print_line(say("{} 张出入证作废了，在线的大门两秒内就知道").format(len(numbers)))
    return Exit.DONE


def _add(arguments: argparse.Namespace, say: Say) -> Exit:
    if not arguments.text.strip() or len(arguments.text) > MOST_CHARACTERS:
        raise CommandError(say("请写要办的事，不要太长"), Exit.WRONG_USE)
    task_id, due = uuid.uuid4().hex[:12], arguments.due
    due_ms = None if due is None else int(due.timestamp() * 1000)
    put(arguments, say, ("task", task_id, encode_item(TaskItem(now_ms(), arguments.text, due_ms))))
    if arguments.json:
        print_json({"id": task_id})
    else:
        print_line(say("交办了，编号 {}").format(task_id))
    return Exit.DONE


def _done(arguments: argparse.Namespace, say: Say) -> TaskItem:
    with open_place(arguments, say) as place:
        body = place.store.lists.get("quick", "task", arguments.done)
    if body is None:
        raise CommandError(say("没有这个编号：{}").format(arguments.done), Exit.NEGATIVE)
    return msgspec.structs.replace(_task(body), done=True)


def _show_tasks(arguments: argparse.Namespace, say: Say) -> Exit:
    """Exit 1 if there is none."""
    with open_place(arguments, say) as place:
        items = list(place.store.lists.each("quick", "task"))
    for item in items:
        task = _task(item.body or b"")
        if arguments.json:
            print_json({"id": item.key, "text": task.text, "due_ms": task.due_ms, "done": task.done})
        else:
            print_line(f"{item.key}  {'√' if task.done else '·'} {task.text}")
    return found_or_said(items, say)


def _task(body: bytes) -> TaskItem:
    task = decode_item("task", body)
    assert isinstance(task, TaskItem)
    return task
