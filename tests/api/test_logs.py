"""Log lines: one JSON object each, and nothing a person typed, is called or keeps secret."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest

from spplus_app.api.logs import JsonLines, redacted, safe_path
from spplus_app.states import reports

TOKEN = "A" * 43


def _line(logger: str, message: str, *args: object, error: bool = False, **facts: Any) -> str:
    given = sys.exc_info() if error else None
    record = logging.LogRecord(logger, logging.ERROR, "x.py", 7, message, args, given)
    if facts:
        record.facts = facts
    return JsonLines().format(record)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (f"/suivi/{TOKEN}", "/suivi/…"),
        (f"/suivi/{TOKEN}/x", "/suivi/…/x"),
        (f"/mot-de-passe/{TOKEN}", "/mot-de-passe/…"),
        ("/suivi/12", "/suivi/12"),
        ("/experiences/12-un-titre", "/experiences/12-un-titre"),
        ("/" + "a" * 500, "/" + "a" * 199),
    ],
)
def test_a_path_is_shown_without_its_secret(path: str, shown: str) -> None:
    assert safe_path(path) == shown


@pytest.mark.parametrize(
    "text",
    [
        f"GET /_event?token={TOKEN}&EIO=4",
        f"Cookie: {TOKEN}",
        f"authorization={TOKEN}",
        f"{{'session': '{TOKEN}'}}",
        f"visitor={TOKEN};address=",
    ],
)
def test_what_looks_like_a_secret_is_redacted(text: str) -> None:
    assert TOKEN not in redacted(text)


def test_a_line_of_ours_says_what_and_the_facts_beside() -> None:
    line = json.loads(_line("spplus", "event refused", name="a.b", why="payload"))
    assert (line["what"], line["name"], line["why"]) == ("event refused", "a.b", "payload")
    assert line["level"] == "error" and line["at"].endswith("+00:00")


def test_a_line_of_a_library_says_where_and_not_what() -> None:
    line = _line("reflex.app", "Failed to read %s", "a typed text")
    assert "typed" not in line and json.loads(line)["where"] == "x:7"


def test_an_error_says_its_kind_and_place_and_not_its_words() -> None:
    try:
        raise ValueError("a typed text")
    except ValueError:
        line = _line("spplus", "failed", error=True)
    shown = json.loads(line)
    assert "typed" not in line and shown["error"] == "ValueError"
    assert shown["place"].startswith("api/test_logs.py:")


def test_a_line_cannot_be_forged() -> None:
    line = _line("spplus", 'x\n{"what": "forged"}\x1b[2J')
    assert "\n" not in line and "\x1b" not in line and isinstance(json.loads(line), dict)


def test_a_crowd_of_one_kind_is_counted_and_not_written() -> None:
    now = [0.0]
    sparing = reports.Sparing(lambda: now[0])
    admitted = [sparing.admit("a") for _ in range(20)]
    assert admitted == [0] * reports.PER_WINDOW + [None] * (20 - reports.PER_WINDOW)
    assert sparing.admit("b") == 0
    now[0] = reports.WINDOW
    assert sparing.admit("a") == 20 - reports.PER_WINDOW
    assert sparing.admit("a") == 0


def test_an_error_is_placed_in_our_own_code_where_it_went_through_it() -> None:
    from spplus_app.services import tokens

    with pytest.raises(AttributeError) as failed:
        tokens.hash_token(None)  # type: ignore[arg-type]
    assert reports.place_of(failed.value).startswith("services/tokens.py:")
    assert reports.place_of(ValueError()) == ""
