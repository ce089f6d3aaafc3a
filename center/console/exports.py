"""Exports (导出): the daily log of a branch as a file, made in the background, deleted after a day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.responses import FileResponse, Response

from center.console.notices import branch_typed
from center.console.page import ComplaintError, NotHereError, Page
from center.console.policy_trial import day_typed
from center.console.rights import Permission, roles_with
from center.console.visit import Visit
from center.exports import FORMATS, Means, export
from center.jobs import BusyError, Job, new_id
from center.scope import EVERYWHERE, NOWHERE
from center.store.export_jobs import ExportJob

_MOST_DAYS = 92
STATES = {
    "waiting": "排着队",
    "running": "正在写",
    "done": "写好了",
    "failed": "没有写成",
    "cancelled": "停下了",
    "deleted": "满一天，已删除",
}


def show_all(visit: Visit) -> Response:
    return _page(visit, {}, "")


def show_live(visit: Visit) -> Response:
    values = _values(visit)
    if visit.query("seen") == values["digest"]:
        return visit.unchanged()
    return visit.render("exports_live.html", **values)


def begin(visit: Visit) -> Response:
    typed = {
        name: visit.field(name, 200) for name in ("branch", "format", "first", "last", "names", "reason")
    }
    branch = branch_typed(visit, typed["branch"])
    try:
        first = day_typed(visit, typed["first"])
        last = day_typed(visit, typed["last"]) if typed["last"] else first
        _check(visit, typed, first, last, branch)
    except ComplaintError as error:
        return _page(visit, typed, visit.text(error.words, *error.values))
    masked = typed["names"] != "1"
    job = ExportJob(new_id(), branch, typed["format"], str(first), str(last), masked, visit.now_ms, visit.who)
    note = visit.make_note(
        "导出了日志" if masked else "导出了带姓名的日志", branch=branch, about=job.id.hex()[:12]
    )
    visit.store.export_jobs.add(job, note)
    if not masked:
        visit.note(f"导出姓名的原因：{typed['reason']}", branch=branch, about=job.id.hex()[:12])
    _start(visit, job)
    return visit.redirect("/exports", "开始写了，写好以后可以下载")


def cancel(visit: Visit) -> Response:
    job = _job(visit)
    note = visit.make_note("停下了导出", branch=job.branch, about=job.id.hex()[:12])
    if not visit.store.export_jobs.end(job.id, "cancelled", visit.now_ms, note):
        raise ComplaintError("它已经写完了")
    return visit.redirect("/exports", "停下了")


def give(visit: Visit) -> Response:
    job = _job(visit)
    path = Path(job.path) if job.state == "done" else None
    if path is None or not path.is_file():
        raise NotHereError
    if not _may_have(visit, job):
        raise NotHereError
    visit.note("下载了导出的日志", branch=job.branch, about=job.id.hex()[:12])
    name = f"kakou-{job.first_day}-{job.last_day}.{job.format}"
    return FileResponse(
        path, filename=name, media_type="application/octet-stream", headers={"Cache-Control": "no-store"}
    )


def _may_have(visit: Visit, job: ExportJob) -> bool:
    """Who passed a gate of ours may live elsewhere: the file names them if who asked for it may know them.

    Whoever lost that role since may have known everybody.
    """
    if not job.masked and not visit.may(Permission.UNMASK, job.branch):
        return False
    if job.made_by == visit.who:
        return True
    maker = visit.store.users.get(job.made_by)
    known = maker.scope(roles_with(Permission.PEOPLE)) if maker else NOWHERE
    return visit.scope_of(Permission.PEOPLE).covers(known if known.branches else EVERYWHERE)


def _check(visit: Visit, typed: dict[str, str], first: date, last: date, branch: str) -> None:
    if typed["format"] not in FORMATS:
        raise ComplaintError("请选文件的种类")
    if last < first or last - first >= timedelta(days=_MOST_DAYS):
        raise ComplaintError("最后一天要在第一天以后，一次最多 {} 天", _MOST_DAYS)
    if typed["names"] == "1" and not visit.may(Permission.UNMASK, branch):
        raise ComplaintError("您不能导出姓名")
    if typed["names"] == "1" and not typed["reason"]:
        raise ComplaintError("请写清为什么要姓名")
    if visit.office.files is None:
        raise ComplaintError("这个中心没有放文件的文件夹")


def _start(visit: Visit, job: ExportJob) -> None:
    assert visit.office.files is not None
    names = visit.scope_of(Permission.PEOPLE)
    means = Means(visit.store, visit.office.files, visit.console.zone, visit.office.now_ms, names)
    try:
        visit.office.jobs.start(Job(job.id, "export", job.branch), partial(_work, means, job))
    except BusyError as error:
        visit.store.export_jobs.end(job.id, "failed", visit.now_ms)
        raise ComplaintError("前面排了太多，请过一会儿再试") from error


def _work(means: Means, job: ExportJob, _: Job) -> None:
    export(means, job)


def _page(visit: Visit, typed: dict[str, str], wrong: str) -> Response:
    return visit.render(
        "exports.html",
        status=400 if wrong else 200,
        own=visit.scope.branches[0],
        formats=FORMATS,
        typed=typed,
        wrong=wrong,
        **_values(visit),
    )


def _values(visit: Visit) -> dict[str, Any]:
    jobs = visit.store.export_jobs.all(visit.scope, 50)
    told = "".join(f"{job.id.hex()}{job.state}{job.seen}" for job in jobs)
    return {
        "jobs": jobs,
        "given": {job.id for job in jobs if job.state == "done" and _may_have(visit, job)},
        "STATES": STATES,
        "busy": any(job.is_open for job in jobs),
        "digest": sha256(told.encode()).hexdigest()[:16],
    }


def _job(visit: Visit) -> ExportJob:
    job = visit.store.export_jobs.get(visit.scope, visit.id_bytes("export"))
    if job is None:
        raise NotHereError
    return job


PAGES = (
    Page("GET", "/exports", Permission.EXPORT, show_all),
    Page("GET", "/exports/live", Permission.EXPORT, show_live, polls=True),
    Page("POST", "/exports", Permission.EXPORT, begin, ids=("branch",)),
    Page("GET", "/exports/{export}/file", Permission.EXPORT, give),
    Page("POST", "/exports/{export}/cancel", Permission.EXPORT, cancel),
)
