"""Where a page of a queue or of an inbox begins and ends, as an address holds it."""

from __future__ import annotations

from datetime import UTC, datetime

from ..persistence.experiences import Key


def key_text(key: Key | None) -> str:
    """Return where a page of a list ends, as a text for an address."""
    if key is None:
        return ""
    # Not « +00:00 »: in a query the sign is a space, and the page would begin at the beginning.
    return f"{key[0].astimezone(UTC).replace(tzinfo=None).isoformat()}Z~{key[1]}"


def key_of(text: str) -> Key | None:
    """Return where a page begins, from an address; anything odd begins at the beginning."""
    moment, _, row_id = text.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    # A year at either end of the calendar has no neighbour in another zone to be compared in.
    if at.tzinfo is None or not 2000 <= at.year < 2200:
        return None
    if not row_id.isdecimal() or not row_id.isascii() or len(row_id) > 15:
        return None
    return at, int(row_id)
