"""What somebody looks for: in the address of a page it would lie in clear in every proxy's and browser's log.

So it is sent as a form, and the address holds it sealed: going back, the next page, another language stay.
"""

from __future__ import annotations

import base64
import binascii
from urllib.parse import urlencode

from center.console.page import NotHereError
from center.console.visit import Visit
from center.store.errors import StoreError
from center.store.private_items import PrivateItems

MOST = 60  # characters
_MOST_SEALED = 512


def address(visit: Visit, path: str, **more: str) -> str:
    """Of the page that shows what was found for the form's words. Raises ComplaintError."""
    words = visit.field("q", MOST)
    asked = {name: value for name, value in more.items() if value}
    if words:
        asked["find"] = _sealed(visit, words)
    return f"{path}?{urlencode(asked)}" if asked else path


def looked_for(visit: Visit) -> str:
    """The words of this address, empty if there are none. Raises NotHereError where others sealed them."""
    sealed = visit.query("find", _MOST_SEALED)
    if not sealed:
        return ""
    try:
        kept = base64.b64decode(sealed + "=" * (-len(sealed) % 4), altchars=b"-_", validate=True)
        words = _private(visit).open(kept, _context(visit))
    except (binascii.Error, ValueError, StoreError) as error:
        raise NotHereError from error
    if words == kept:  # never sealed: somebody made the address up
        raise NotHereError
    return words.decode()


def _sealed(visit: Visit, words: str) -> str:
    kept = _private(visit).seal(words.encode(), _context(visit))
    return base64.urlsafe_b64encode(kept).rstrip(b"=").decode()


def _private(visit: Visit) -> PrivateItems:
    return PrivateItems(visit.office.keys.items_key)


def _context(visit: Visit) -> bytes:
    """Whoever reads the address in a log cannot have it opened for themselves."""
    return f"kakou looked for by {visit.who}".encode()
