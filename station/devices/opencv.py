"""OpenCV as this program wants it: silent, on one thread, quick to notice a camera that hangs.

Everything else imports cv2 from here, because OpenCV reads some of the variables below while it loads.
Nothing but this set-up belongs here.
"""

import os

# A V4L2 camera that is unplugged blocks a read for 10 s by default (modules/videoio/src/cap_v4l.cpp).
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")
# FFmpeg's AV_LOG_QUIET: what cannot be read is reported by us, once, in words (cap_ffmpeg_impl.hpp).
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
# A file may claim any size: 268 megapixels (800 MB in memory) are more than any phone's camera takes.
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(2**28))

import cv2

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
cv2.setNumThreads(1)  # decoding has its own thread; OpenCV's pool would fight it for the second core

__all__ = ["cv2"]
