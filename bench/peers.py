"""The station's reader, and each decoder called alone as most programs call it: frames in, texts out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import zxingcpp
from pyzbar import pyzbar

from station.devices.decode import Reader
from station.devices.frame import Image
from station.devices.opencv import cv2

Read = Callable[[Image], Sequence[str]]  # the texts in one frame

_QR_CODE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])

STATION = "station"


def station(reader: Reader) -> Read:
    return lambda image: [code.text for code in reader.read(image)]


def new_readers() -> dict[str, Read]:
    """One of each by name, the station's first: they may remember the frames before."""
    return {
        STATION: station(Reader()),
        "zxing-cpp alone": _zxing,
        "pyzbar alone": _pyzbar,
        "OpenCV alone": _opencv,
    }


def _zxing(image: Image) -> Sequence[str]:
    return [code.text for code in zxingcpp.read_barcodes(image, formats=_QR_CODE)]


def _pyzbar(image: Image) -> Sequence[str]:
    try:
        return [code.data.decode("utf-8", "replace") for code in pyzbar.decode(image)]
    except ValueError:  # an orientation that pyzbar's enumeration does not know
        return []


def _opencv(image: Image) -> Sequence[str]:
    text = bytes(cv2.QRCodeDetector().detectAndDecodeBytes(image)[0])
    return [text.decode("utf-8", "replace")] if text else []
