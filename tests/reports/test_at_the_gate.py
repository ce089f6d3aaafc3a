"""A printed pass is held to the camera, as paper is: folded, tilted, a little out of focus."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from station.core.decision import decide
from station.core.model import (
    Claim,
    Closing,
    CodeStatus,
    Credential,
    Instrument,
    Passage,
    Severity,
    Site,
    Temperature,
)
from station.core.passes import Holder
from station.core.policy import parse_policy
from station.devices.decode import Reader
from station.devices.frame import Image
from station.journal.entries import Journal
from station.judge import ASSETS, load_judge
from station.reports.passes import Paper, write_pdf
from tests.reports.conftest import Office
from tests.reports.paper import CHINA, MORNING, UNTIL, Pose, photographed, printed

FRAMES = 12  # a card that is held still for less than half a second
NOON = MORNING + timedelta(hours=4)
OPEN = parse_policy((ASSETS / "policies" / "open.toml").read_text("utf-8"))
WARM = Temperature(36.2, 36.2, Site.FOREHEAD, 21.0, Instrument("module", "lu90614"), "r1", (36.2,), 1.0)
POSES = {
    "held straight": Pose(),
    "turned": Pose(turn=33),
    "upside down and tilted": Pose(turn=170, tilt=30),
    "out of focus": Pose(blur=1.6),
    "folded through the code": Pose(fold=15),
    "folded, tilted and turned": Pose(fold=15, tilt=20, turn=-15),
    "in the evening": Pose(light=0.25, blur=1.0),
    "far away": Pose(width=430),
}
ZHANG = Holder("张小强", "3-2-501", birth="1950", id_tail="123X")


def card(office: Office, folder: Path, holder: Holder = ZHANG) -> Image:
    """A card out of the printer, with the white desk around it."""
    file = folder / "card.pdf"
    write_pdf(file, [office.issue(holder)], Paper.CARD, CHINA)
    (page,) = printed(file)
    return page


def seen(paper: Image, pose: Pose) -> str | None:
    """What the gate's own reader makes of some frames."""
    reader = Reader()
    for seed in range(FRAMES):
        for code in reader.read(photographed(paper, replace(pose, seed=seed))):
            return code.text
    return None


def judged(folder: Path, text: str | None, at: datetime = NOON) -> Credential:
    assert text is not None, "no frame could be read"
    return load_judge(folder)(text, at)


def severity(credential: Credential) -> Severity:
    """What the open policy makes of this code and a normal temperature."""
    passage = Passage(Claim("key", 0.0, credential), WARM, Closing.PAIRED)
    return decide(passage, (), OPEN, NOON).severity


@pytest.mark.parametrize("pose", POSES.values(), ids=POSES)
def test_a_pass_is_read_as_people_hold_it_and_lets_them_in(
    office: Office, tmp_path: Path, pose: Pose
) -> None:
    credential = judged(office.folder, seen(card(office, tmp_path), pose))
    assert (credential.status, credential.subject) == (CodeStatus.VALID, "张小强")
    assert severity(credential) is Severity.PASS


def test_a_lost_pass_is_stopped_and_its_replacement_passes(office: Office, tmp_path: Path) -> None:
    lost = office.issue(ZHANG)
    new = office.issue(ZHANG)
    office.passes.revoke([lost.gate_pass.id], now=NOON)

    stopped, passed = (judged(office.folder, signed.text) for signed in (lost, new))
    assert (stopped.status, severity(stopped)) == (CodeStatus.REVOKED, Severity.STOP)
    assert (passed.status, severity(passed)) == (CodeStatus.VALID, Severity.PASS)


def test_a_pass_holds_to_the_last_second_of_its_last_day(office: Office) -> None:
    text = office.issue(ZHANG).text
    assert judged(office.folder, text, UNTIL).status is CodeStatus.VALID
    assert judged(office.folder, text, UNTIL + timedelta(seconds=1)).status is CodeStatus.EXPIRED


def test_another_compound_does_not_know_the_issuer(office: Office, tmp_path: Path) -> None:
    text, elsewhere = office.issue(ZHANG).text, tmp_path / "elsewhere"
    assert judged(elsewhere, text).status is CodeStatus.CANNOT_CHECK  # it never issued a pass itself

    with Journal.open(elsewhere, now=lambda: MORNING) as journal:
        Office(elsewhere, journal).issue(ZHANG)
        assert judged(elsewhere, text).status is CodeStatus.UNKNOWN_ISSUER


def test_a_damaged_journal_condemns_nobody(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text, damaged = office.issue(ZHANG).text, tmp_path / "damaged"
    damaged.mkdir()
    (damaged / "journal.db").write_bytes(b"not a database at all" * 400)

    assert judged(damaged, text).status is CodeStatus.CANNOT_CHECK
    assert "own passes cannot be checked" in caplog.text
