"""Who may use the console: add, roles by branch, disable, a new one-time password."""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import Response

from center.console import passwords
from center.console.page import ComplaintError, NotHereError, Page
from center.console.rights import Permission, Role
from center.console.visit import Visit, home_of
from center.scope import BranchError, read_branch
from center.store.users import Grant, LastAdminError, NameTakenError, UserRow

_NAME = re.compile(r"[a-z0-9一-鿿][a-z0-9._一-鿿-]{1,39}")
LAST_ADMIN = "这样就没有人能管用户了，没有改"


def show_all(visit: Visit) -> Response:
    return visit.render("users.html", users=visit.store.users.all(visit.scope), **_choices(visit))


def add(visit: Visit) -> Response:
    name, shown = checked_name(visit.field("name")), visit.field("shown", 40)
    grant = _grant(visit)
    password = passwords.one_time()
    try:
        visit.store.users.add(
            name,
            shown=shown or name,
            password=passwords.kept(password, visit.console.hasher),
            grants=[grant],
            now_ms=visit.now_ms,
            note=visit.make_note("加了用户", branch=grant.branch, about=name),
        )
    except NameTakenError as error:
        raise ComplaintError("这个名字已经有人用了") from error
    return visit.render("one_time.html", name=name, password=password)


def show(visit: Visit) -> Response:
    user = _user(visit)
    return visit.render("user.html", user=user, whole=_is_ours(visit, user), **_choices(visit))


def give_role(visit: Visit) -> Response:
    user, grant = _user(visit), _grant(visit)
    note = visit.make_note("给了权限", branch=grant.branch, about=f"{user.name} {grant.role}")
    try:
        visit.store.users.put_grant(user.name, grant, note)
    except LastAdminError as error:
        raise ComplaintError(LAST_ADMIN) from error
    return visit.redirect(f"/users/{user.name}", "改好了")


def take_role(visit: Visit) -> Response:
    user, branch = _user(visit), visit.in_scope(visit.field("branch"))
    note = visit.make_note("收回了权限", branch=branch, about=user.name)
    try:
        visit.store.users.take_grant(user.name, branch, note)
    except LastAdminError as error:
        raise ComplaintError(LAST_ADMIN) from error
    return visit.redirect("/users", "改好了")


def disable(visit: Visit) -> Response:
    user = _whole_user(visit)
    on = visit.field("on") == "1"
    branch = home_of(user)
    note = visit.make_note("恢复了用户" if on else "停用了用户", branch=branch, about=user.name)
    try:
        visit.store.users.disable(user.name, None if on else visit.now_ms, note)
    except LastAdminError as error:
        raise ComplaintError(LAST_ADMIN) from error
    return visit.redirect(f"/users/{user.name}", "改好了")


def reset(visit: Visit) -> Response:
    """A new one-time password; whoever was signed in as this user is not any more."""
    user = _whole_user(visit)
    password = passwords.one_time()
    visit.store.users.set_password(
        user.name,
        passwords.kept(password, visit.console.hasher),
        must_change=True,
        note=visit.make_note("重设了密码", branch=home_of(user), about=user.name),
    )
    return visit.render("one_time.html", name=user.name, password=password)


def checked_name(typed: str) -> str:
    """Raises ComplaintError."""
    name = typed.lower()
    if not _NAME.fullmatch(name):
        raise ComplaintError("登录名要 2 到 40 个字：汉字、小写字母、数字、点、横线")
    return name


def _user(visit: Visit) -> UserRow:
    """Somebody who has a role in our branches; who has none any more is for whoever has all branches."""
    user = visit.store.users.get(visit.path("user"))
    branches = [grant.branch for grant in user.grants] or [""] if user else []
    if user is None or not any(map(visit.scope.holds, branches)):
        raise NotHereError
    return user


def _whole_user(visit: Visit) -> UserRow:
    """Somebody who has no role outside of our branches: else we could become them, and so step outside."""
    user = _user(visit)
    if not _is_ours(visit, user):
        raise NotHereError
    return user


def _is_ours(visit: Visit, user: UserRow) -> bool:
    return visit.scope.covers(user.scope())


def _grant(visit: Visit) -> Grant:
    try:
        branch = read_branch(visit.field("branch"))
    except BranchError as error:
        raise ComplaintError("所属写成这样：区/街道/村/网格") from error
    role = visit.field("role")
    if role not in {one.value for one in Role}:
        raise ComplaintError("请选一个权限")
    return Grant(visit.in_scope(branch), role)


def _choices(visit: Visit) -> dict[str, Any]:
    return {"roles": [*reversed(Role)], "own": visit.scope.branches[0]}


PAGES = (
    Page("GET", "/users", Permission.USERS, show_all, menu="用户"),
    Page("POST", "/users", Permission.USERS, add, ids=("branch",)),
    Page("GET", "/users/{user}", Permission.USERS, show),
    Page("POST", "/users/{user}/roles", Permission.USERS, give_role, ids=("branch",)),
    Page("POST", "/users/{user}/roles/remove", Permission.USERS, take_role, ids=("branch",)),
    Page("POST", "/users/{user}/disable", Permission.USERS, disable),
    Page("POST", "/users/{user}/reset", Permission.USERS, reset),
)
