"""Users and roles: who may give what, to whom, where; and what nobody can make of it."""

from __future__ import annotations

import pytest

from center.console.rights import RIGHTS, Permission, Role
from center.store.console_audit import Note
from center.store.users import Grant
from tests.center.console.browser import Browser
from tests.center.console.district import FIRST, SECOND, District


def add(browser: Browser, name: str, role: str, branch: str) -> int:
    browser.get("/users")
    return browser.post("/users", {"name": name, "shown": "", "role": role, "branch": branch}).status_code


def roles(district: District, name: str) -> dict[str, str]:
    user = district.center.store.users.get(name)
    assert user
    return {grant.branch: grant.role for grant in user.grants}


def test_an_admin_adds_users_in_their_branch_and_below(fresh: District) -> None:
    admin = fresh.browser("admin1")
    assert add(admin, "wang", "duty", FIRST) == 200
    assert add(admin, "wu", "admin", f"{FIRST}/一村/三网格") == 200
    assert add(admin, "zhao", "viewer", SECOND) == 404
    assert add(admin, "zhao", "viewer", "江北区") == 404
    assert add(admin, "zhao", "viewer", "") == 404
    assert add(admin, "wang", "viewer", FIRST) == 400  # taken
    assert add(admin, "zhao", "boss", FIRST) == 400
    assert add(admin, "zhao", "viewer", "a//b") == 400
    assert fresh.center.store.users.get("zhao") is None
    assert roles(fresh, "wu") == {f"{FIRST}/一村/三网格": "admin"}


@pytest.mark.parametrize("name", ["x", "a b", "<b>", "../x", "a" * 41, "", "a\u202eb"])
def test_a_name_that_is_none_is_refused(fresh: District, name: str) -> None:
    assert add(fresh.browser("admin"), name, "viewer", FIRST) == 400


def test_somebody_with_a_role_elsewhere_is_not_taken_over(fresh: District) -> None:
    """By resetting their password one would become what they are elsewhere."""
    fresh.center.store.users.put_grant("viewer1", Grant(SECOND, "admin"))
    admin = fresh.browser("admin1")
    admin.get("/users/viewer1")
    assert admin.post("/users/viewer1/reset").status_code == 404
    assert admin.post("/users/viewer1/disable").status_code == 404
    assert admin.post("/users/viewer1/roles/remove", {"branch": SECOND}).status_code == 404
    assert admin.post("/users/viewer1/roles/remove", {"branch": FIRST}).status_code == 303
    assert roles(fresh, "viewer1") == {SECOND: "admin"}
    above = fresh.browser("admin")
    above.get("/users/viewer1")
    assert above.post("/users/viewer1/reset").status_code == 200


def test_an_admin_of_everything_is_seen_and_touched_by_no_admin_below(fresh: District) -> None:
    admin = fresh.browser("admin1")
    assert ">admin<" not in admin.get("/users").text
    assert admin.get("/users/admin").status_code == 404
    assert admin.post("/users/admin/reset").status_code == 404


def test_a_role_is_changed_and_taken_back_at_once(fresh: District) -> None:
    admin, duty = fresh.browser("admin1"), fresh.browser("duty1")
    admin.get("/users/duty1")
    assert duty.get("/users").status_code == 403
    admin.post("/users/duty1/roles", {"branch": FIRST, "role": "admin"})
    assert duty.get("/users").status_code == 200
    admin.post("/users/duty1/roles/remove", {"branch": FIRST})
    assert duty.get("/users").status_code == 403
    assert duty.get("/").status_code == 403  # no role at all: nothing to see


def test_who_lost_the_only_role_by_mistake_is_given_another(fresh: District) -> None:
    """The wrong street was taken back first: nobody is left whom no page shows and whose name is taken."""
    admin = fresh.browser("admin")
    admin.get("/users/duty1")
    assert admin.post("/users/duty1/roles/remove", {"branch": FIRST}).status_code == 303
    assert "duty1" in admin.get("/users").text
    assert "duty1" not in fresh.browser("admin2").get("/users").text
    assert fresh.browser("admin2").get("/users/duty1").status_code == 404
    assert admin.get("/users/duty1").status_code == 200
    assert admin.post("/users/duty1/roles", {"branch": SECOND, "role": "duty"}).status_code == 303
    assert roles(fresh, "duty1") == {SECOND: "duty"}


def test_the_last_admin_of_everything_cannot_be_lost(fresh: District) -> None:
    admin = fresh.browser("admin")
    admin.get("/users/admin")
    assert admin.post("/users/admin/disable").status_code == 400
    assert admin.post("/users/admin/roles", {"branch": "", "role": "viewer"}).status_code == 400
    assert admin.post("/users/admin/roles/remove", {"branch": ""}).status_code == 400
    assert admin.get("/users").status_code == 200


def test_what_an_admin_did_is_on_record_in_its_branch(fresh: District) -> None:
    admin = fresh.browser("admin1")
    add(admin, "wang", "duty", FIRST)
    admin.post("/users/wang/reset")
    said = admin.get("/audit").text

    assert "加了用户" in said
    assert "重设了密码" in said
    assert "wang" in said
    assert "wang" not in fresh.browser("admin2").get("/audit").text


def test_the_audit_can_be_paged_and_asked_for_one_person(fresh: District) -> None:
    for number in range(120):
        fresh.center.clocks.ms += 1
        fresh.center.store.audit.add(_note(fresh, f"about-{number}"))
    admin = fresh.browser("admin")
    first = admin.get("/audit").text
    assert "about-119" in first
    assert "about-1<" not in first
    before = first.partition("?before=")[2].partition("&")[0]
    assert "about-1<" in admin.get(f"/audit?before={before}").text
    assert "about-" not in admin.get("/audit?who=duty1").text
    assert admin.get("/audit?before=x").status_code == 404


def _note(district: District, about: str) -> Note:
    return Note(district.center.clocks.ms, "checker1", "did", FIRST, about)


def test_an_admin_may_everything_and_a_viewer_only_look() -> None:
    assert RIGHTS[Role.ADMIN] == frozenset(Permission)
    assert RIGHTS[Role.VIEWER] == {Permission.LOOK}
    assert Permission.USERS not in RIGHTS[Role.DUTY] | RIGHTS[Role.CHECKER]
    assert all(Permission.LOOK in rights for rights in RIGHTS.values())
