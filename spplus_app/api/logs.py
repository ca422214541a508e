"""Logs: one JSON line an event, without anything a person typed, is called or keeps secret.

What libraries write is cut to its place and kind: their messages hold addresses, payloads and
tokens. Ours are constant words with facts beside them (`states.reports`).
"""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

from ..states.reports import place_of

_SPOKEN = ("spplus", "granian", "_granian")
"""Loggers whose messages are known to hold nothing private."""
_PRIVATE_TAIL = re.compile("^(/suivi|/mot-de-passe)/[^/]{20,}")
_SECRETS = re.compile(
    r"((?:token|cookie|authorization|session|visitor)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&;,]+", re.I
)


def safe_path(path: str) -> str:
    """Return a path as logs may hold it: without the secret of a private link, bounded."""
    return _PRIVATE_TAIL.sub(r"\1/…", path)[:200]


def redacted(text: str) -> str:
    """Return ``text`` without the values of what looks like a secret, on one line."""
    return _SECRETS.sub(r"\1…", " ".join(text.split()))[:500]


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record; its message only where it is ours."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        ours = record.name.split(".")[0] in (*_SPOKEN, "spplus_app")
        if ours:
            line["what"] = redacted(record.getMessage())
        else:
            line["where"] = f"{record.module}:{record.lineno}"
        line |= getattr(record, "facts", {})
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line |= {"error": type(error).__name__, "place": place_of(error)}
        return json.dumps(line, ensure_ascii=False)


def configure_logging(level: int = logging.INFO) -> None:
    """Send every logger to the standard error output, as JSON lines; doing it twice is once."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.getLogger("spplus").setLevel(level)
    logging.captureWarnings(capture=True)
