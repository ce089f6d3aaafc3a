"""Paper as it comes from the printer and as a camera sees it: PDF to pixels, folds, blur, an angle.

The camera's faults are made up, from a seed; poppler (pdftoppm, pdftotext) stands for the printer.
"""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from station.devices.frame import Image
from station.devices.opencv import cv2

COMMUNITY = "幸福里小区"
MORNING = datetime(2022, 4, 1, 0, 30, tzinfo=UTC)
UNTIL = datetime(2022, 9, 28, 15, 59, 59, tzinfo=UTC)  # the last second of that day in China
CHINA = timezone(timedelta(hours=8))
MM_PER_INCH = 25.4


def printed(pdf: Path, dpi: int = 300) -> list[Image]:
    """The pages of a PDF as a printer of this resolution puts them on paper."""
    _run("pdftoppm", "-r", str(dpi), "-png", str(pdf), str(pdf.with_suffix("")))
    return [_picture(page) for page in sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))]


def words(pdf: Path) -> str:
    """The text of a PDF without its white space.

    The font draws 一 and the radical ⼀ with one glyph, and a PDF knows glyphs only: NFKC takes that back.
    """
    said = unicodedata.normalize("NFKC", _run("pdftotext", str(pdf), "-"))
    return "".join(said.split())


def _picture(path: Path) -> Image:
    image = cv2.imread(str(path))
    assert image is not None
    return np.asarray(image, np.uint8)


def _run(program: str, *arguments: str) -> str:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed (Debian package poppler-utils)")
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout


@dataclass(frozen=True)
class Pose:
    """How a pass is held before a camera of 1280x720."""

    width: float = 700  # px across the card
    turn: float = 0  # degrees in the plane of the picture
    tilt: float = 0  # degrees away from the camera
    blur: float = 0.6  # px, standard deviation
    fold: float = 0  # degrees between the two halves of a card that was folded in the middle of its code
    light: float = 1.0  # of a well lit scene
    seed: int = 0


def photographed(card: Image, pose: Pose) -> Image:
    """One frame of a camera that looks at this card."""
    flat = cv2.resize(card, None, fx=2 * pose.width / card.shape[1], fy=2 * pose.width / card.shape[1])
    held = cv2.warpPerspective(
        _folded(flat, pose.fold), _view(flat, pose), (1280, 720), borderValue=(120, 125, 130)
    )
    soft = cv2.GaussianBlur(held, (0, 0), pose.blur).astype(np.float32)
    noise = np.random.default_rng(pose.seed).normal(0, 4, soft.shape)
    return np.asarray(np.clip(soft * pose.light + noise, 0, 255), np.uint8)


def _folded(card: Image, degrees: float) -> Image:
    """The right part is bent back: narrower, darker, and the crease has lost its ink."""
    if not degrees:
        return card
    height, width = card.shape[:2]
    crease = int(width * 0.74)  # through the code
    bent = cv2.resize(card[:, crease:], None, fx=float(np.cos(np.radians(degrees))), fy=1.0)
    folded = np.full_like(card, 128)
    folded[:, :crease] = card[:, :crease]
    folded[:, crease : crease + bent.shape[1]] = (bent * 0.7).astype(np.uint8)
    folded[:, crease - 2 : crease + 2] = 190
    return np.asarray(folded[:height], np.uint8)


def _view(card: Image, pose: Pose) -> Image:
    """The homography of a pinhole camera that looks at a tilted card from about 40 cm."""
    height, width = card.shape[:2]
    focal, tilt, turn = 1100.0, np.radians(pose.tilt), np.radians(pose.turn)
    to_centre = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1]], float)
    turned = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    distance = 2 * focal  # the card is drawn twice as large as it shall appear
    away = np.array([[np.cos(tilt), 0, 0], [0, 1, 0], [np.sin(tilt) / distance, 0, 1]])
    seen = np.array([[0.5, 0, 640], [0, 0.5, 360], [0, 0, 1]])
    return np.asarray(seen @ away @ turned @ to_centre)
