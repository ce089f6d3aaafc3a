"""Pictures for the tests of camera and decoding, made on the spot."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import segno

from station.devices.enhance import grey
from station.devices.frame import Image
from station.devices.opencv import cv2
from station.devices.readers import SeenCode, zxing

TOKEN = "https://hc.example.cn/q/8d7f6a5b4c3d2e1f"


def read_codes(image: Image) -> tuple[SeenCode, ...]:
    """The codes that the first attempt finds in one BGR picture."""
    return zxing(grey(image)).codes


def qr(text: str, *, encoding: str | None = None, module: int = 5) -> Image:
    """A clean black and white code with its quiet zone, BGR. Without `encoding` as segno chooses."""
    code = segno.make_qr(text, encoding=encoding)
    modules = np.array([[0 if dark else 255 for dark in row] for row in code.matrix], np.uint8)
    pixels = np.kron(np.pad(modules, 4, constant_values=255), np.ones((module, module), np.uint8))
    return np.ascontiguousarray(np.dstack([pixels] * 3), np.uint8)


def torn(*, module: int) -> Image:
    """A code with more errors than it can repair; its three finders are whole."""
    picture = qr("x" * 300, module=module)
    side = picture.shape[0]
    hole = slice(round(side * 0.35), round(side * 0.6))
    noise = np.random.default_rng(1).integers(0, 2, picture[hole, hole].shape[:2]) * 255
    picture[hole, hole] = noise[..., None]
    return picture


def on_desk(*pictures: Image, width: int = 1280, height: int = 720) -> Image:
    """The pictures side by side on a grey ground."""
    desk = np.full((height, width, 3), 150, np.uint8)
    x = 60
    for picture in pictures:
        desk[60 : 60 + picture.shape[0], x : x + picture.shape[1]] = picture
        x += picture.shape[1] + 60
    return desk


def save(path: Path, picture: Image) -> Path:
    """Write a picture in the format of its suffix, at any path."""
    path.write_bytes(cv2.imencode(path.suffix, picture)[1].tobytes())
    return path


def save_video(path: Path, pictures: list[Image], fps: float = 10.0) -> Path:
    height, width = pictures[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, (width, height))
    assert writer.isOpened()
    for picture in pictures:
        writer.write(picture)
    writer.release()
    return path
