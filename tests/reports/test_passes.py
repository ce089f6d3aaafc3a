"""Passes come out of the printer: sizes, letters and codes, measured on the pixels of the PDF."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from station.core.passes import Holder, PassError, PassKind
from station.devices.frame import Image
from station.journal.passes import SignedPass
from station.reports.passes import Paper, PrintError, page_image, write_pdf
from tests.devices.qr_pictures import read_codes
from tests.reports.conftest import Office
from tests.reports.paper import CHINA, COMMUNITY, MM_PER_INCH, printed, words

DPI = 300
ZHANG = Holder("张小强", "3-2-501", birth="19500101", id_tail="123X")
CHILD = Holder("李小宝", "3-2-501", birth="2016", guardian="李建国")
SIZES_MM = {Paper.A4: (210, 297), Paper.CARD: (85.6, 54), Paper.A6: (105, 148)}
# As long as names get: a name of Xinjiang, of Spain, a rare character, and every field filled.
NAMES = ("阿卜杜热合曼·买买提依明", "María de los Ángeles García-Fernández", "㛃琦", "欧阳")


def sheet(path: Path, passes: list[SignedPass], paper: Paper = Paper.CARD) -> list[Image]:
    write_pdf(path, passes, paper, CHINA)
    return printed(path, DPI)


def texts(page: Image) -> set[str]:
    """What a camera program reads from a page; ten codes at once are no affair of the gate's own reader."""
    return {found.text for found in qr_codes(page)}


def qr_codes(page: Image) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)


@pytest.mark.parametrize(("paper", "count"), [(Paper.A4, 11), (Paper.CARD, 2), (Paper.A6, 2)])
def test_each_paper_has_its_size_and_every_code_on_it_reads(
    office: Office, tmp_path: Path, paper: Paper, count: int
) -> None:
    passes = [office.issue(Holder("张小强", f"3-2-{101 + number}")) for number in range(count)]
    pages = sheet(tmp_path / "passes.pdf", passes, paper)

    assert len(pages) == 2
    for page in pages:
        height, width = page.shape[:2]
        size = [mm * DPI / MM_PER_INCH for mm in SIZES_MM[paper]]
        assert (width, height) == pytest.approx(size, abs=3)  # a PDF's page is a whole number of 1/72 inch
    assert set().union(*map(texts, pages)) == {signed.text for signed in passes}


def code_of(page: Image) -> tuple[float, zxingcpp.Barcode]:
    """Size of a module in mm, and the code itself."""
    (code,) = qr_codes(page)
    modules = 17 + 4 * int(code.extra["Version"])  # ISO/IEC 18004 section 6.3.1
    side = code.position.top_right.x - code.position.top_left.x
    return side / modules / DPI * MM_PER_INCH, code


@pytest.mark.parametrize("holder", [Holder("陈强", "1-1-101"), ZHANG, CHILD], ids=["plain", "full", "child"])
@pytest.mark.parametrize(("paper", "least_mm"), [(Paper.CARD, 0.5), (Paper.A6, 0.7)])
def test_modules_are_large_enough_for_a_folded_paper(
    office: Office, tmp_path: Path, holder: Holder, paper: Paper, least_mm: float
) -> None:
    (page,) = sheet(tmp_path / "pass.pdf", [office.issue(holder)], paper)
    module_mm, code = code_of(page)

    assert module_mm > least_mm - 0.015  # 300 dpi: a corner is found to half a pixel
    assert code.ec_level in {"Q", "H"}


@pytest.mark.parametrize("paper", [Paper.CARD, Paper.A6])
def test_four_modules_around_the_code_are_white(office: Office, tmp_path: Path, paper: Paper) -> None:
    (page,) = sheet(tmp_path / "pass.pdf", [office.issue(CHILD)], paper)
    module_mm, code = code_of(page)
    quiet = int(4 * module_mm / MM_PER_INCH * DPI) - 2
    first, last = code.position.top_left, code.position.bottom_right
    around = page[first.y - quiet : last.y + quiet, first.x - quiet : last.x + quiet].copy()
    around[quiet - 2 : 2 - quiet, quiet - 2 : 2 - quiet] = 255  # the code itself, and half a pixel

    assert around.min() > 250


@pytest.mark.parametrize("paper", [Paper.CARD, Paper.A6])
def test_whoever_looks_at_it_reads_name_house_last_day_and_what_to_do_when_lost(
    office: Office, tmp_path: Path, paper: Paper
) -> None:
    signed = office.issue(CHILD)
    write_pdf(tmp_path / "pass.pdf", [signed], paper, CHINA)
    said = words(tmp_path / "pass.pdf")

    wanted = (
        "出入证",
        COMMUNITY,
        "居民",
        "李小宝",
        "3-2-501",
        "有效至2022年9月28日",
        "2016年生",
        "监护人李建国",
    )
    assert not [text for text in (*wanted, "补发新证") if text not in said]
    assert signed.gate_pass.number.upper() in said


@pytest.mark.parametrize("kind", PassKind)
def test_every_kind_has_its_word(office: Office, kind: PassKind) -> None:
    page_image([office.issue(Holder("陈强", "物业", kind))], Paper.CARD, CHINA, page=0, dpi=50)


@pytest.mark.parametrize("paper", [Paper.CARD, Paper.A6])
@pytest.mark.parametrize("name", NAMES)
def test_a_long_name_stands_there_whole_and_leaves_the_code_alone(
    office: Office, tmp_path: Path, name: str, paper: Paper
) -> None:
    signed = office.issue(Holder(name, "12-3-1802", id_tail="123X"))
    (page,) = sheet(tmp_path / "pass.pdf", [signed], paper)

    assert texts(page) == {signed.text}
    assert name.replace(" ", "") in words(tmp_path / "pass.pdf")


def test_the_longest_names_that_are_taken_fit_the_large_sheet(office: Office, tmp_path: Path) -> None:
    signed = office.issue(Holder("阿" * 40, "W" * 20, birth="1950", id_tail="123X", guardian="阿" * 40))
    (page,) = sheet(tmp_path / "pass.pdf", [signed], Paper.A6)

    module_mm, code = code_of(page)
    assert code.text == signed.text
    assert module_mm > 0.485


def test_a_pass_that_says_too_much_for_a_card_is_refused_and_the_old_file_stays(
    office: Office, tmp_path: Path
) -> None:
    file, wordy = tmp_path / "passes.pdf", office.issue(Holder("阿" * 40, "1-1-101", guardian="阿" * 40))
    file.write_text("yesterday's")
    with pytest.raises(PassError, match="A6"):
        write_pdf(file, [office.issue(ZHANG), wordy], Paper.A4, CHINA)

    assert file.read_text() == "yesterday's"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["passes.pdf"]


def test_a_folder_that_is_not_there_is_said(office: Office, tmp_path: Path) -> None:
    with pytest.raises(PrintError):
        write_pdf(tmp_path / "usb stick" / "passes.pdf", [office.issue(ZHANG)], Paper.A4, CHINA)


def test_the_file_with_names_in_it_is_for_its_owner_only(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "passes.pdf"
    write_pdf(file, [office.issue(ZHANG)], Paper.A4, CHINA)
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_last_day_is_told_as_the_gate_counts_days(office: Office, tmp_path: Path) -> None:
    signed = office.issue(ZHANG)
    told = []
    for name, zone in (("east", CHINA), ("west", type(CHINA)(timedelta(hours=9)))):
        write_pdf(tmp_path / f"{name}.pdf", [signed], Paper.CARD, zone)
        told.append(words(tmp_path / f"{name}.pdf"))
    assert "28日" in told[0]
    assert "29日" in told[1]


def test_the_preview_shows_the_page_that_is_printed(office: Office) -> None:
    passes = [office.issue(Holder("张小强", f"3-2-{room}")) for room in range(101, 112)]
    image = page_image(passes, Paper.A4, CHINA, page=1, dpi=200)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)

    (code,) = read_codes(np.ascontiguousarray(pixels[:, :, :3]))
    assert code.text == passes[10].text
    with pytest.raises(IndexError):
        page_image(passes, Paper.A4, CHINA, page=2, dpi=50)
