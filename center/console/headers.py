"""What every answer of the console says to the browser (OWASP Secure Headers, 2026)."""

from __future__ import annotations

from starlette.responses import Response

# Nothing from elsewhere, no script or style inside a page, nobody may frame it.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
# No Strict-Transport-Security: the certificate is of the center's own CA, and a browser that does not know it
# would let nobody in at all.
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def secured(answer: Response) -> Response:
    """The same answer; what it says of caching itself stays."""
    answer.headers.update(ALWAYS)
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer
