"""What the center says: packed messages, JSON, and refusals, each with a slug that stations know."""

from __future__ import annotations

import math
from typing import Any

import msgspec
from starlette.responses import JSONResponse, Response

from station.sync import bundle

PACKED = "application/octet-stream"
PROBLEMS = {  # slug: status and what it means; docs/sync.md says what a station does then
    "not_understood": (400, "The request is not what this path takes."),
    "unknown_station": (401, "No station of this id is enrolled here."),
    "bad_signature": (401, "The request is not signed by this station's key."),
    "code_wrong": (403, "There is no such one-time code."),
    "code_used": (403, "The one-time code was used already."),
    "code_expired": (403, "The one-time code is too old."),
    "revoked": (403, "The enrolment was revoked: entries are still taken, lists are not given."),
    "not_found": (404, "There is nothing at this path."),
    "not_here": (404, "The center does not have this number of this incarnation."),
    "wrong_method": (405, "This path takes another method."),
    "too_slow": (408, "The body did not come in time."),
    "other_key": (409, "This station id is enrolled with another key."),
    "too_large": (413, "The body is larger than 4 MiB, packed or unpacked."),
    "damaged": (422, "The body was damaged on the way: send it again."),
    "too_many": (429, "Too many requests: wait as long as Retry-After says."),
    "fault": (500, "The center stumbled; its log has a line."),
    "busy": (503, "As many batches are being stored as may be: wait as long as Retry-After says."),
    "try_again": (503, "The database or the disk does not answer: nothing was stored, send it again."),
}


class RefusedError(Exception):
    """The request is not answered as it hoped. Nothing of it was stored."""

    def __init__(self, problem: str, detail: str = "", *, retry_after_s: float = 0.0) -> None:
        super().__init__(problem)
        self.problem, self.detail, self.retry_after_s = problem, detail, retry_after_s

    def response(self) -> Response:
        status, usual = PROBLEMS[self.problem]
        body = {"problem": self.problem, "detail": self.detail or usual}
        headers = {"Retry-After": str(math.ceil(self.retry_after_s))} if self.retry_after_s else {}
        if status in (408, 413):
            headers["Connection"] = "close"  # the rest of the body is not waited for (RFC 9110, 15.5.9)
        if status == 401:
            headers["WWW-Authenticate"] = "Kakou"  # RFC 9110, section 11.6.1
        return JSONResponse(body, status, headers)


def packed(message: Any) -> Response:
    """A message of the wire."""
    return Response(bundle.pack(message), media_type=PACKED)


def json_of(value: Any) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")
