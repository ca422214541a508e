"""Logs: one line an event, without anything a person typed, is called or keeps secret.

Every process writes this way: the web server, the job worker, the supervisor, the command line.
What libraries write is cut to its place and kind: their messages hold addresses, payloads and
tokens. Ours are constant words with facts beside them (`write`).
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

REQUEST: ContextVar[str] = ContextVar("spplus_request", default="")
"""The number of the request in hand; every line written meanwhile bears it."""
_SPOKEN = ("spplus", "granian", "_granian", "spplus_app")
"""Loggers whose messages are known to hold nothing private."""
_SECRETS = re.compile(
    r"((?:token|cookie|authorization|session|visitor)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&;,]+", re.I
)
_HERE = Path(__file__).parents[1].name


def place_of(error: BaseException) -> str:
    """The deepest line of ours that the error went through, like ``services/drafts.py:120``."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return ""
    ours = [frame for frame in frames if f"/{_HERE}/" in frame.filename]
    frame = (ours or frames)[-1]
    path = "/".join(Path(frame.filename).parts[-2:])
    return f"{path}:{frame.lineno}"


def redacted(text: str) -> str:
    """Return ``text`` on one line, without what looks like a secret, nor what moves a cursor."""
    flat = "".join(char if char.isprintable() else "·" for char in " ".join(text.split()))
    return _SECRETS.sub(r"\1…", flat)[:500]


def write(
    logger: logging.Logger,
    level: int,
    what: str,
    *,
    error: BaseException | None = None,
    **facts: str | int | float,
) -> None:
    """Write one line: ``what`` is ours and constant, ``facts`` are names and numbers of ours.

    Of ``error`` only the class and the place are kept: its message may hold what a person typed.
    """
    if error is not None:
        facts |= {"error": type(error).__name__, "where": place_of(error)}
    logger.log(level, what, extra={"facts": facts})


def _content(record: logging.LogRecord) -> dict[str, Any]:
    """What a line may say of a record; its message only where it is ours."""
    line: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
    }
    if record.name.split(".")[0] in _SPOKEN:
        line["what"] = redacted(record.getMessage())
    else:
        line["where"] = f"{record.module}:{record.lineno}"
    if request := REQUEST.get():
        line["request"] = request
    line |= getattr(record, "facts", {})
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        line |= {"error": type(error).__name__, "place": place_of(error)}
    return line


class JsonLines(logging.Formatter):
    """One JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        return json.dumps(_content(record), ensure_ascii=False)


class TextLines(logging.Formatter):
    """The same, for who reads a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line = _content(record)
        at, level, logger = (str(line.pop(name)) for name in ("at", "level", "logger"))
        what = str(line.pop("what", ""))
        facts = " ".join(f"{name}={value}" for name, value in line.items())
        return redacted(f"{at[11:19]} {level} {logger} {what} {facts}").rstrip()


def formatter(kind: str) -> logging.Formatter:
    """The formatter of a kind of lines: ``json``, ``text``, or what suits the error output."""
    text = kind == "text" or (not kind and sys.stderr.isatty())
    return TextLines() if text else JsonLines()


def configure_logging(kind: str = "", level: int = logging.INFO) -> None:
    """Send every logger, and every fault nobody caught, to the error output; twice is once."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(kind))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.getLogger("spplus").setLevel(level)
    logging.captureWarnings(capture=True)
    sys.excepthook = _crashed
    sys.unraisablehook = lambda fault: _fault("fault aside", fault.exc_value)
    threading.excepthook = lambda fault: _fault("thread crashed", fault.exc_value)


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    # The interpreter would print the message of the error, which may hold what a person typed.
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _fault("process crashed", error)


def _fault(what: str, error: BaseException | None) -> None:
    write(logging.getLogger("spplus"), logging.CRITICAL, what, error=error)
