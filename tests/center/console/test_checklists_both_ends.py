"""A checklist from the console to a gate, ticked there, and back on the console: real stores at both ends."""

from __future__ import annotations

from pathlib import Path

from station.app import load_policy
from station.core.moments import from_ms
from station.duty_desk import StationDutyDesk
from station.duty_facts import Live, Where, load_checklists
from station.duty_lists import DutyLists
from station.handing_over import StationHandoverDesk
from station.journal.center_lists import CenterLists
from station.journal.center_pages import prepare_page
from station.journal.entries import Journal
from station.journal.reports import to_send
from station.signing_in import SigningIn
from station.sync import bundle
from station.sync.reports import Reports
from station.ui.handover_desk import PointLine, Signer
from tests.center.console.district import FIRST, District
from tests.center.gate import signed_page
from tests.center.office import SHANGHAI
from tests.journal.given import enrol


class RealGate:
    """The station's own classes, under the identity of the district's first gate."""

    def __init__(self, district: District, journal: Journal) -> None:
        self.district, self.journal = district, journal
        center = district.center
        signing = SigningIn(lambda: journal)
        people = StationDutyDesk(signing, lambda: journal, SHANGHAI, lambda: "东门")
        where = Where("东门", "1", load_policy("open"), 12.0, SHANGHAI)
        self.lists = DutyLists(lambda: journal, load_checklists())
        self.desk = StationHandoverDesk(
            *(people, lambda: journal, lambda: where, Live, self.lists.now, lambda: "zh"),
            now=lambda: from_ms(center.clocks.ms),
        )

    def pull(self) -> None:
        """As `GET /v1/pull` brings them."""
        center, cursor = self.district.center, CenterLists(self.journal).cursor("quick")
        target = f"/v1/pull?channel=quick&epoch={cursor.epoch.hex()}&since={cursor.version}&wait=0&limit=500"
        answer = self.district.first.get(center.client, target)
        page = signed_page(answer, center.keys.signing.public_key().public_bytes_raw())
        if page.refetch and not page.items:
            target = f"/v1/pull?channel=quick&epoch={page.epoch.hex()}&since=0&wait=0&limit=500"
            answer = self.district.first.get(center.client, target)
            page = signed_page(answer, center.keys.signing.public_key().public_bytes_raw())
        prepared = prepare_page(self.journal.vault, page)
        CenterLists(self.journal).apply(prepared, from_ms(center.clocks.ms))

    def report(self) -> None:
        """As `POST /v1/report` takes them."""
        waiting, gate = to_send(self.journal.connection, self.journal.vault), self.district.first
        sent = [one for one in waiting if one.kind == "duty"]
        assert sent
        message = bundle.pack(Reports(1, gate.station, tuple(sent)))
        assert gate.post(self.district.center.client, "/v1/report", message).status_code == 200

    def points(self) -> list[PointLine]:
        return [point for one in self.desk.lists() if one.id == "open" for point in one.points]


def test_a_list_goes_down_is_ticked_and_comes_back_until_the_usual_one_is_in_force_again(
    fresh: District, tmp_path: Path
) -> None:
    browser, clocks = fresh.browser("duty1"), fresh.center.clocks
    with Journal.open(tmp_path / "gate", now=lambda: from_ms(clocks.ms)) as journal:
        enrol(journal)
        gate = RealGate(fresh, journal)
        assert gate.desk.take_over(Signer("王建国"), "") == ""
        gate.desk.tick(gate.points()[0])  # of the list that gates bring along: 口罩、手套、面屏戴好
        fields = {"branch": FIRST, "list": "open", "points": "口罩、手套、面屏戴好\n查健康码\n看好后门"}
        assert browser.post("/checklists", fields).status_code == 303
        gate.report()
        assert "还没换上新清单" in browser.get("/checklists").text

        gate.pull()
        assert [(one.text, one.done) for one in gate.points()] == [
            ("口罩、手套、面屏戴好", True),
            ("查健康码", False),
            ("看好后门", False),
        ]
        assert ("open", gate.points()[1].id) in gate.desk.draft("").open_points
        clocks.forward(60)
        gate.desk.tick(gate.points()[1])
        gate.report()
        page = browser.get("/checklists").text
        assert "2 / 3 项" in page
        assert "王*国" in page, "by whom, masked"
        assert "还没换上新清单" not in page

        browser.post("/checklists/usual", fields)
        gate.pull()
        assert len(gate.points()) == 6
        assert [one.done for one in gate.points()] == [True] + [False] * 5
