"""Signing in and out, and choosing a password of one's own."""

from __future__ import annotations

from starlette.responses import Response

from center.console import passwords
from center.console.guard import cookie_id, cookie_name, new_id, safe_next, set_cookie
from center.console.page import Access, ComplaintError, Page
from center.console.visit import Visit, home_of
from center.http.answers import RefusedError
from center.store.sessions import LIMITS
from center.store.users import UserRow

WRONG = "名字或密码不对"


def show_sign_in(visit: Visit) -> Response:
    if visit.user:
        return visit.redirect("/")
    return _form(visit, 200)


def sign_in(visit: Visit) -> Response:
    name, password = visit.field("name", 100).lower(), _password(visit, "password")
    _admit(visit, name)
    user = visit.store.users.get(name)
    right = passwords.is_right(password, user.password if user else None, visit.console.hasher)
    if user is None or not right or user.disabled_ms is not None:
        visit.note("登录没有成功", branch=home_of(user), about=name if user else "")
        return _form(visit, 401, name=name, wrong=visit.text(WRONG))
    _renew_hash(visit, user, password)
    return _begin(visit, user, safe_next(visit.console, visit.field("next", 2000)))


def sign_out(visit: Visit) -> Response:
    visit.store.sessions.end(visit.session, visit.make_note("退出了"))
    answer = visit.redirect("/signin")
    answer.delete_cookie(cookie_name(visit.request), path="/", secure=visit.is_secure, httponly=True)
    return answer


def show_password(visit: Visit) -> Response:
    return visit.render("password.html", problem="")


def change_password(visit: Visit) -> Response:
    assert visit.user
    _admit(visit, visit.user.name)
    new = _password(visit, "new")
    problem = passwords.problem(new, visit.user.name)
    if not passwords.is_right(_password(visit, "password"), visit.user.password, visit.console.hasher):
        problem = "现在的密码不对"
    elif new != _password(visit, "again"):
        problem = "两次输入的不一样"
    elif new == _password(visit, "password"):
        problem = "新密码要和现在的不一样"
    if problem:
        return visit.render("password.html", status=400, problem=visit.text(problem))
    kept = passwords.kept(new, visit.console.hasher)
    visit.store.users.set_password(
        visit.user.name, kept, must_change=False, note=visit.make_note("改了自己的密码")
    )
    return _begin(visit, visit.user, "/", said="密码改好了")


def _form(visit: Visit, status: int, name: str = "", wrong: str = "") -> Response:
    next_page = visit.field("next", 2000) or visit.query("next", 2000)
    empty = not visit.store.users.any()
    return visit.render(
        "signin.html", status=status, name=name, wrong=wrong, next_page=next_page, empty=empty
    )


def _admit(visit: Visit, name: str) -> None:
    """Before the password is even looked at. Refuses too_many.

    Where somebody has signed in before, tries are counted apart: a stranger who goes on guessing elsewhere
    would keep them out for as long as he likes.
    """
    now, place = visit.office.mono(), (name, visit.address)
    is_own = visit.user is not None and visit.user.name == name  # a colleague is as strange as any stranger
    if is_own or visit.console.signed_in_at.get(place, now):
        tries, tried = visit.console.by_own_place, " ".join(place)
    else:
        tries, tried = visit.console.by_account, name
    wait = visit.console.by_address.wait(visit.address, now) or tries.wait(tried, now)
    if wait:
        raise RefusedError("too_many", retry_after_s=wait)


def _password(visit: Visit, field: str) -> str:
    """As it was typed. Raises ComplaintError."""
    value = visit.form.get(field, "")
    if not isinstance(value, str) or len(value) > passwords.MOST:
        raise ComplaintError("密码太长了")
    return value


def _renew_hash(visit: Visit, user: UserRow, password: str) -> None:
    if passwords.is_outdated(user.password, visit.console.hasher):
        visit.store.users.rehash(user.name, user.password, passwords.kept(password, visit.console.hasher))


def _begin(visit: Visit, user: UserRow, path: str, said: str = "") -> Response:
    """A new session with a new id, whatever cookie came: nobody can have set it before (session fixation)."""
    former = cookie_id(visit.request)
    if former:
        visit.store.sessions.end(former)
    visit.store.sessions.forget_old(visit.now_ms, LIMITS)
    id = new_id()
    visit.user = user
    visit.console.signed_in_at.put((user.name, visit.address), True, visit.office.mono())
    visit.store.sessions.begin(
        id, user.name, now_ms=visit.now_ms, address=visit.address, note=visit.make_note("登录了")
    )
    answer = visit.redirect(path, said)
    set_cookie(visit.request, answer, id)
    return answer


PAGES = (
    Page("GET", "/signin", Access.PUBLIC, show_sign_in),
    Page("POST", "/signin", Access.PUBLIC, sign_in),
    Page("POST", "/signout", Access.SIGNED_IN, sign_out),
    Page("GET", "/password", Access.SIGNED_IN, show_password),
    Page("POST", "/password", Access.SIGNED_IN, change_password),
)
