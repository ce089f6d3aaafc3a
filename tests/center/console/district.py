"""Two branches of a district that must know nothing of each other, each with gates, users, and more.

For the test over every route (`test_every_route.py`): whoever adds a page whose path, form or query names a
thing adds one of the first branch's to `ids`, under the name of the path's part or of the field, one of the
second branch's to `own`, and what must never be shown elsewhere to `marks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from center import checklists
from center.console import passwords
from center.console.policy_trial import Tried
from center.jobs import Job
from center.policies import preset
from center.store import Contact
from center.store.console_audit import Note
from center.store.export_jobs import ExportJob
from center.store.policies import Activation, Version, new_id
from center.store.users import Grant
from center.webhooks import trial
from station.codes.policy_signature import sign_policy
from station.core.checklist import read_lines
from station.core.policy import digest
from station.sync import bundle
from station.sync.items import NoticeItem, TaskItem, encode_item
from station.sync.reports import CaseReport, HandoverReport, Lane, Report, encode_body
from tests.center.console.browser import PASSWORD, Browser
from tests.center.console.ill import add_ill
from tests.center.console.roster import add_roster
from tests.center.gate import NOON_MS, Gate
from tests.center.office import QUICK_HASHER, Center, open_center

POLICY_PARTS = ("policy", "activation", "trial")
JPEG = b"\xff\xd8\xff\xe0 a picture"
# Chinese in the data of the tests, the longer ones first: no page translates it
OWN_TEXTS = (
    *(
        "和平的通知",
        "和平的任务",
        "和平的清单",
        "通知二",
        "任务二",
        "体温 38.4",
        "和平东门",
        "幸福西门",
        "和平街道",
        "幸福街道",
    ),
    *("和平", "幸福", "要药", "老张", "二", "江北区", "东门", "同志"),
)
FIRST, SECOND = "江北区/和平街道", "江北区/幸福街道"


@dataclass
class District:
    center: Center
    first: Gate
    second: Gate
    ids: dict[str, list[str]] = field(default_factory=dict)  # of the first branch
    own: dict[str, str] = field(default_factory=dict)  # the like of each, of the second branch
    marks: list[str] = field(default_factory=list)  # texts that tell of the first branch

    def browser(self, name: str | None = None) -> Browser:
        """Signed in as this user."""
        browser = Browser(self.center.client.app)
        if name:
            self.center.clocks.mono += 3600  # many sign in during a test: that is no attack
            assert browser.sign_in(name).status_code == 303
        return browser

    def add_user(self, name: str, role: str, branch: str, *, must_change: bool = False) -> None:
        self.center.store.users.add(
            name,
            shown=f"{name}同志",
            password=passwords.kept(PASSWORD, QUICK_HASHER),
            grants=[Grant(branch, role)],
            now_ms=self.center.clocks.ms,
            must_change=must_change,
        )

    def add_gate(self, number: int, name: str, branch: str) -> Gate:
        """Enrolled, heard of, with three entries."""
        gate = self.center.know(Gate(number, wall_ms=self.center.clocks.ms), branch)
        self.center.store.stations.place(gate.station, name=name, gate=name, branch=branch)
        self.center.store.contacts.keep(
            Contact(gate.station, self.center.clocks.ms, 0, 20, "0.1", 1, "b", "f", 0)
        )
        gate.record_entries(3)
        self.push(gate)
        return gate

    def add_case(self, gate: Gate) -> str:
        """A whistle of this gate, with a picture; its key."""
        case_id = bytes([gate.number]) * 16
        told = Report(case_id, "case", 1, self.center.clocks.ms, encode_body(self.report()))
        row = self.center.store.stations.get(gate.station)
        assert row is not None
        self.center.store.reports.take(gate.station, row.branch, (told,), self.center.clocks.ms)
        return case_id.hex()

    def report(self, title: str = "体温 38.4") -> CaseReport:
        lane = Lane(gate="东门", lane="1", waiting="张*")
        return CaseReport("whistle", self.center.clocks.ms, "fever", title, "请来人", lane, JPEG, by="7")

    def put(self, name: str, item: NoticeItem | TaskItem, branch: str) -> str:
        """Pushed to the gates of a branch; its key."""
        key = sha256(repr(item).encode()).hexdigest()[:12]
        self.center.store.lists.put("quick", [(name, key, encode_item(item))], branch)
        return key

    def write_list(self, branch: str, text: str, kind: str = "open") -> None:
        """The points of a checklist of this branch, one a line."""
        item = checklists.item(kind, branch, read_lines(text, ()), self.center.clocks.ms)
        key = checklists.key_of(kind, branch)
        self.center.store.lists.put("quick", [("checklist", key, encode_item(item))], branch)

    def begin_case(self, branch: str) -> str:
        """A household's request, of no gate; its key."""
        report = CaseReport("request", self.center.clocks.ms, "medicine", f"{branch[4:6]}要药")
        return self.center.store.cases.begin(branch, report, self.center.clocks.ms).key

    def plan(self, title: str, branch: str) -> str:
        """A shift of four hours for two, of whom one comes; its key."""
        rota, now = self.center.store.rota, datetime.fromtimestamp(self.center.clocks.ms / 1000, UTC)
        begins = now + timedelta(hours=1)
        rota.add(branch, "", [(begins, begins + timedelta(hours=4), 2)], title)
        key = next(one.key for one in rota.all() if one.branch == branch)
        rota.sign_up(key, "老张", now)
        return key

    def make_link(self, branch: str) -> tuple[str, str]:
        """A link to sign up: the secret, and its id."""
        ms = self.center.clocks.ms
        note = Note(ms, "admin", "开了报名链接", branch)
        secret = self.center.store.links.make("signup", branch, expires_ms=ms + 10**9, now_ms=ms, note=note)
        link = self.center.store.links.open("signup", secret, ms)
        assert link is not None
        return secret, link.id.hex()

    def add_sheet(self, gate: Gate) -> str:
        """A hand-over sheet of this gate, signed by the outgoing shift alone."""
        span, points = (NOON_MS, NOON_MS + 10), (("没办完", "1 人等复测"),)
        sheet = HandoverReport(*span, "门", outgoing=("老张",), points=points, outgoing_signed_ms=NOON_MS)
        report_id = bytes([100 + gate.number]) * 16
        told = Report(report_id, "handover", 1, self.center.clocks.ms, encode_body(sheet))
        self.center.store.reports.take(gate.station, "", (told,), self.center.clocks.ms)
        return report_id.hex()

    def add_programs(self, name: str, branch: str) -> dict[str, list[str]]:
        """A token of the API, a webhook and what waits in its outbox: the id of each."""
        store, ms = self.center.store, self.center.clocks.ms
        note = Note(ms, "admin", "发了接口令牌", branch)
        token, _ = store.tokens.make(name, branch, [], expires_ms=ms + 10**9, now_ms=ms, note=note)
        url = f"https://example.org/{len(branch)}{branch.encode().hex()}"
        webhook = store.webhooks.add(branch, url, ["case.opened"], ms, note)
        event = trial(webhook, ms)
        store.webhooks.put(webhook.id, [event], ms, ms)
        found = {"token": token, "webhook": webhook.id, "delivery": event.id}
        return {name: [id.hex()] for name, id in found.items()}

    def push(self, gate: Gate, first: int = 1) -> None:
        """What the gate has recorded from this number on, by HTTP."""
        answer = gate.post(self.center.client, "/v1/push", bundle.pack(gate.batch(first)))
        assert answer.status_code == 200, answer.text

    def add_export(self, branch: str) -> str:
        """One that is still waiting."""
        ms = self.center.clocks.ms
        job = ExportJob(new_id(), branch, "csv", "2022-04-14", "2022-04-14", True, ms, "admin")
        self.center.store.export_jobs.add(job, Note(ms, "admin", "导出了日志", branch))
        return job.id.hex()

    def ask_to_erase(self, branch: str) -> str:
        """Somebody who is on no list; the id of the request, which waits."""
        person = sha256(branch.encode()).hexdigest()[:32]
        note = Note(self.center.clocks.ms, "admin", "申请删除一个人的数据", branch)
        return self.center.store.erasures.ask(branch, person, "self", note).hex()

    def add_policy(self, branch: str) -> tuple[str, str, str]:
        """A signed version, its activation of next week, and a trial that was begun; their ids."""
        ms, text, who = self.center.clocks.ms, preset("open"), "admin"
        key = self.center.keys.signing
        signed = (ms, who, sign_policy(text.encode(), key))
        version = Version(new_id(), branch, "open/3", digest(text), text, ms, who, ms, *signed)
        note = Note(ms, who, "签发了规则", branch)
        self.center.store.policies.add(version, note)
        coming = Activation(new_id(), version.id, branch, "green", False, ms + 10**9, ms, who)
        self.center.store.policies.activate(coming, note)
        job = Job(new_id(), "what-if", branch, {"policy": version.id, "label": "open/3", "day": "2022-04-14"})
        self.center.office.jobs.start(job, lambda job: Tried((), (), 0, 0, 0))
        self.center.office.jobs.join()
        return version.id.hex(), coming.id.hex(), job.id.hex()


@contextmanager
def open_district(folder: Path, base_url: str = "http://testserver") -> Iterator[District]:
    with open_center(folder, base_url=base_url) as center:
        district = District(center, Gate(1), Gate(2))
        district.first = district.add_gate(1, "和平东门", FIRST)
        district.second = district.add_gate(2, "幸福西门", SECOND)
        for role in ("admin", "duty", "checker", "viewer"):
            district.add_user(f"{role}1", role, FIRST)
            district.add_user(f"{role}2", role, SECOND)
            district.add_user(role, role, "")
        center.store.audit.add(Note(NOON_MS, "admin1", "加了用户", FIRST, "viewer1"))
        district.ids = {
            "case": [district.begin_case(FIRST)],
            "shift": [district.plan("和平", FIRST)],
            "sheet": [district.add_sheet(district.first)],
            "link": [district.make_link(FIRST)[1]],
            "secret": ["no-such-secret"],
            "notice": [district.put("notice", NoticeItem(NOON_MS, "和平的通知"), FIRST)],
            "task": [district.put("task", TaskItem(NOON_MS, "和平的任务"), FIRST)],
            "station": [district.first.station.hex()],
            "user": ["admin1", "duty1", "viewer1"],
            "branch": [FIRST, "江北区", "", f"{FIRST}/和平东门"],
        }
        district.write_list(FIRST, "和平的清单")
        district.ids |= district.add_programs("和平", FIRST)
        district.ids |= {"incarnation": ["7"], "number": ["1"]}
        district.ids["export"] = [district.add_export(FIRST)]
        district.ids["erasure"] = [district.ask_to_erase(FIRST)]
        for part, value in zip(POLICY_PARTS, district.add_policy(FIRST), strict=True):
            district.ids[part] = [value]
        district.own = {
            "case": district.begin_case(SECOND),
            "shift": district.plan("二", SECOND),
            "sheet": district.add_sheet(district.second),
            "link": district.make_link(SECOND)[1],
            "secret": "no-such-secret",
            "notice": district.put("notice", NoticeItem(NOON_MS, "通知二"), SECOND),
            "task": district.put("task", TaskItem(NOON_MS, "任务二"), SECOND),
            "station": district.second.station.hex(),
            "user": "viewer2",
            "branch": SECOND,
        }
        district.own |= {name: ids[0] for name, ids in district.add_programs("二", SECOND).items()}
        district.own |= {"incarnation": "7", "number": "1"}
        district.own["export"] = district.add_export(SECOND)
        district.own["erasure"] = district.ask_to_erase(SECOND)
        district.own |= dict(zip(POLICY_PARTS, district.add_policy(SECOND), strict=True))
        for name, value in add_roster(center, FIRST, 1).items():
            district.ids[name] = [value]
        district.own |= add_roster(center, SECOND, 2)
        district.ids["traced"], district.own["traced"] = district.ids["person"], district.own["person"]
        district.marks = ["和平", "Court 1", "admin1", "viewer1", district.first.station.hex()]
        for gate, branch, own in ((district.first, FIRST, False), (district.second, SECOND, True)):
            for part, value in add_ill(center.store, branch, gate, center.clocks.ms).items():
                if own:
                    district.own[part] = value
                else:
                    district.ids[part] = [value]
        district.marks.append(district.ids["isolated"][0])
        yield district
