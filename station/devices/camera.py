"""`open_source`: whatever was named as the camera, as one sort of frames.

A camera's index or stable path, a network camera's address, a picture, a folder of pictures, a video.
Cameras are opened in live.py and usb_camera.py, files played in playback.py. What is done with a frame is the
looker's business.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from pathlib import Path

from station.devices.frame import Fault, FrameSource, SourceError
from station.devices.live import Wanted, camera, every, open_address
from station.devices.playback import Pace, Playback, is_picture, pictures, pictures_in, video
from station.devices.usb_camera import open_device

GATE_HOLD = 45  # frames (3 s): about how long a person holds a code before a camera
SCAN_HOLD = 12  # frames: as often as the command line promises to try a still picture

_NETWORK = frozenset({"http", "https", "rtsp", "rtsps", "rtmp"})

log = logging.getLogger(__name__)


def log_unreadable(error: SourceError) -> None:
    """One line for a picture that is left out."""
    log.warning("left out: %s", error)


def open_source(
    source: str,
    *,
    wanted: Wanted = every,
    unreadable: Callable[[SourceError], None] = log_unreadable,
    monotonic: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> FrameSource:
    """The source as a gate's camera: files are played in real time, over and over.

    `source` is an index ("0"), a device path (best one of /dev/v4l/by-id), a picture, a folder of pictures, a
    video, or an http(s), rtsp or rtmp address. A live camera's frame is left out when `wanted` says no to its
    number. Raises SourceError, here or at the first frame.
    """
    pace = Pace(monotonic, sleep)
    return _opened(source, Playback(True, GATE_HOLD, pace.wait, monotonic), unreadable, wanted)


def frames(
    source: str,
    *,
    unreadable: Callable[[SourceError], None] = log_unreadable,
    monotonic: Callable[[], float] = time.monotonic,
) -> FrameSource:
    """The source for a scan: files once, at full speed, each picture as if held still for 12 frames.

    Raises SourceError as `open_source` does.
    """
    return _opened(source, Playback(False, SCAN_HOLD, lambda seconds: None, monotonic), unreadable)


# The host comes first, and the "@" in a query or a path.
_PASSWORD_BEHIND = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?[/?][^@]*=.*@")
_WHICH = re.compile(r"(?:(?<=&)|^)(?:ch|channel|stream|subtype)=\d{1,3}(?=&|$)", re.ASCII | re.IGNORECASE)


def public_name(source: str) -> str:
    """The source as it may be shown, logged, told to the center: an address without user name and password.

    Up to the last "@", because people do not escape the signs in their passwords. Many cameras want them in
    the query, some in the path (`/user=admin&password=…`): then only the host is left, and which of a
    recorder's cameras it is; an "@" in there is the password's.
    """
    if not is_network(source):
        return source
    scheme, mark, rest = source.partition("://")
    address = rest if _PASSWORD_BEHIND.match(rest) else rest.rpartition("@")[2]
    place, _, query = address.partition("?")
    which = "&".join(_WHICH.findall(query))
    return scheme + mark + (place.partition("/")[0] if "=" in place else place) + (which and f"?{which}")


def is_network(source: str) -> bool:
    scheme, mark, _ = source.partition("://")
    return bool(mark) and scheme.lower() in _NETWORK


def _opened(
    source: str, playback: Playback, unreadable: Callable[[SourceError], None], wanted: Wanted = every
) -> FrameSource:
    name, monotonic = public_name(source), playback.monotonic
    if is_network(source):
        return camera(lambda: open_address(source, name), name, monotonic, wanted)
    path = Path(f"/dev/video{source}" if source.isdecimal() else source)
    try:
        path.stat()  # from Python 3.14 on, what may not be looked at is neither file nor folder
        if path.is_char_device():
            return camera(lambda: open_device(path, monotonic), str(path), monotonic, wanted)
        return _opened_files(path, playback, unreadable)
    except PermissionError:
        raise SourceError(Fault.NO_PERMISSION, str(path)) from None
    except (FileNotFoundError, NotADirectoryError):
        raise SourceError(Fault.NOT_FOUND, str(path)) from None


def _opened_files(path: Path, playback: Playback, unreadable: Callable[[SourceError], None]) -> FrameSource:
    if path.is_dir():
        return pictures(pictures_in(path), playback, unreadable)
    if not path.is_file():
        raise SourceError(Fault.NOT_FOUND, str(path))
    if is_picture(path):
        return pictures([path], playback, _refuse)
    return video(path, playback)


def _refuse(error: SourceError) -> None:
    """The only picture there is cannot be left out."""
    raise error
