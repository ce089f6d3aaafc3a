"""Tasks (任务) for gates: pushed down, reported done by each, followed until all are (闭环)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import msgspec
from starlette.responses import Response

from center.console.notices import branch_typed
from center.console.page import NotHereError, Page
from center.console.pushed import (
    CHANNEL,
    Pushed,
    all_pushed,
    counted,
    one_pushed,
    or_no_gate,
    with_answers,
)
from center.console.rights import Permission
from center.console.visit import Visit, hex_bytes
from center.store.lists import only_for
from station.sync.items import TaskItem, encode_item

_MOST_NAMES = 200  # that are offered
MOST = 200  # tasks of the list


def show_all(visit: Visit) -> Response:
    return _list(visit, {}, "")


def send(visit: Visit) -> Response:
    typed = {name: visit.field(name) for name in ("branch", "station", "due")}
    typed["who"] = visit.field("who", 40)
    typed["text"] = visit.long_field("text", 2000)
    scope, branch = _for_whom(visit, typed)
    if not typed["text"]:
        return _list(visit, typed, "请写清要办什么")
    try:
        due_ms = _due_ms(visit, typed["due"])
    except ValueError:
        return _list(visit, typed, "期限看不懂，请用日历选")
    key = uuid.uuid4().hex[:12]
    task = TaskItem(visit.now_ms, _for_somebody(typed["who"], typed["text"]), due_ms)
    visit.store.lists.put(CHANNEL, [("task", key, encode_item(task))], scope)
    visit.note("派了任务", branch=branch, about=key)
    return visit.redirect(f"/tasks/{key}", or_no_gate(visit, branch, "派下去了，大门办好会报回来"))


def show(visit: Visit) -> Response:
    return visit.render("task.html", task=_answered(visit, _task(visit)), now_ms=visit.now_ms)


def finish(visit: Visit) -> Response:
    """It is done for all, whatever the gates have said: they see it as done."""
    task = _ours(visit)
    body = encode_item(msgspec.structs.replace(task.said, done=True))
    visit.store.lists.put(CHANNEL, [("task", task.key, body)], task.scope)
    visit.note("任务办结了", branch=_branch_of(task), about=task.key)
    return visit.redirect("/tasks", "办结了")


def take_back(visit: Visit) -> Response:
    task = _ours(visit)
    visit.store.lists.put(CHANNEL, [("task", task.key, None)], task.scope)
    visit.note("撤回了任务", branch=_branch_of(task), about=task.key)
    return visit.redirect("/tasks", "撤回了")


def _list(visit: Visit, typed: dict[str, Any], wrong: str) -> Response:
    tasks, hidden = _some(visit)
    return visit.render(
        "tasks.html",
        status=400 if wrong else 200,
        tasks=tasks,
        hidden=hidden,
        late={one.key for one in tasks if is_late(one, visit.now_ms)},
        gates=visit.store.gates.overview(visit.scope),
        people=_on_the_rota(visit),
        own=visit.scope.branches[0],
        typed=typed,
        wrong=wrong,
    )


def _some(visit: Visit) -> tuple[list[Pushed[TaskItem]], int]:
    """Those that are late first, however old, then the open ones; and how many there is no room for."""
    every = all_pushed(visit, "task", TaskItem)
    over = {one.key for one in every if _is_over(one, visit.now_ms)}
    looked = {one.key: one for one in _counted(visit, [one for one in every if one.key in over])}
    late = {key for key, one in looked.items() if is_late(one, visit.now_ms)}
    every.sort(key=lambda one: (one.said.done, one.key not in late, -one.said.at_ms))
    looked |= {one.key: one for one in _counted(visit, [one for one in every[:MOST] if one.key not in over])}
    return [looked[one.key] for one in every[:MOST]], len(every[MOST:])


def _counted(visit: Visit, some: list[Pushed[TaskItem]]) -> list[Pushed[TaskItem]]:
    return counted(visit, some, "task_done", "task")


def _on_the_rota(visit: Visit) -> list[str]:
    """Who has put their name down for shifts of ours, those of the nearest shift first."""
    scope = visit.scope_of(Permission.SHIFTS)
    planned = [one for one in visit.store.rota.all(visit.now_ms) if scope.holds(one.branch)]
    return list(dict.fromkeys(name for one in planned for name in one.item.names))[:_MOST_NAMES]


def _for_somebody(who: str, text: str) -> str:
    """With the name before it, as people write on a board (王建国：…): the gate shows it as it is."""
    return f"{who}：{text}" if who else text


def is_late(task: Pushed[TaskItem], now_ms: int) -> bool:
    """Whether its time is over and some gate has not done it."""
    return _is_over(task, now_ms) and task.answered < len(task.gates)


def _is_over(task: Pushed[TaskItem], now_ms: int) -> bool:
    due_ms = task.said.due_ms
    return due_ms is not None and due_ms < now_ms and not task.said.done


def _for_whom(visit: Visit, typed: dict[str, str]) -> tuple[str, str]:
    """The item's scope, and the branch that it is in. Raises ComplaintError, NotHereError."""
    if not typed["station"]:
        branch = branch_typed(visit, typed["branch"])
        return branch, branch
    gate = visit.store.gates.get(visit.scope, hex_bytes(typed["station"]))
    if gate is None:
        raise NotHereError
    return only_for(gate.station), gate.branch


def _due_ms(visit: Visit, typed: str) -> int | None:
    """What a browser's field of date and time sends, in the host's zone. Raises ValueError."""
    if not typed:
        return None
    moment = datetime.strptime(typed, "%Y-%m-%dT%H:%M").replace(tzinfo=visit.console.zone)
    return int(moment.timestamp() * 1000)


def _task(visit: Visit) -> Pushed[TaskItem]:
    return one_pushed(visit, "task", TaskItem, visit.path("task"))


def _ours(visit: Visit) -> Pushed[TaskItem]:
    task = _task(visit)
    if not task.ours:
        raise NotHereError
    return task


def _answered(visit: Visit, task: Pushed[TaskItem]) -> Pushed[TaskItem]:
    return with_answers(visit, task, "task_done", "task", only_done=True)


def _branch_of(task: Pushed[TaskItem]) -> str:
    return task.gates[0].branch if task.scope.startswith("@") else task.scope


PAGES = (
    Page("GET", "/tasks", Permission.ACT, show_all, menu="任务"),
    Page("POST", "/tasks", Permission.ACT, send, ids=("branch", "station")),
    Page("GET", "/tasks/{task}", Permission.ACT, show),
    Page("POST", "/tasks/{task}/finish", Permission.ACT, finish),
    Page("POST", "/tasks/{task}/take-back", Permission.ACT, take_back),
)
