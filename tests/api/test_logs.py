"""Log lines: one JSON object each, and nothing a person typed, is called or keeps secret."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from spplus_app.adapters.logs import JsonLines, TextLines, place_of, redacted
from spplus_app.api.logs import AccessLog, Paths, level_of, safe_path
from spplus_app.settings import settings
from spplus_app.states import reports

ROOT = Path(__file__).parents[2]
TOKEN = "A" * 43


def _record(logger: str, message: str, *args: object, **facts: Any) -> logging.LogRecord:
    record = logging.LogRecord(logger, logging.ERROR, "x.py", 7, message, args, sys.exc_info())
    if facts:
        record.facts = facts
    return record


def _line(logger: str, message: str, *args: object, **facts: Any) -> str:
    return JsonLines().format(_record(logger, message, *args, **facts))


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
        line = _line("spplus", "failed")
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
    assert place_of(failed.value).startswith("services/tokens.py:")
    assert place_of(ValueError()) == ""


def test_a_terminal_gets_the_same_in_words() -> None:
    line = TextLines().format(_record("spplus.worker", "job failed", job=12, kind="a\x1b[2J\nb"))
    assert line[8:] == " error spplus.worker job failed job=12 kind=a·[2J b"
    private = TextLines().format(_record("reflex.app", "Failed to read %s", "a typed text"))
    assert "typed" not in private and "where=x:7" in private


CRASH = """
import sys, threading
from spplus_app.adapters.logs import configure_logging
configure_logging("json")
class Hidden:
    def __del__(self):
        raise KeyError("jeanne@exemple.fr")
def fail():
    raise ValueError("jeanne@exemple.fr")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
Hidden()
import warnings
warnings.warn("jeanne@exemple.fr")
fail()
"""


def test_a_fault_nobody_caught_is_one_line_without_its_words() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASH], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 1 and "jeanne" not in done.stderr
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    said = [(line.get("what", ""), line.get("error", "")) for line in lines]
    assert said == [
        ("thread crashed", "ValueError"),
        ("fault aside", "KeyError"),
        ("", ""),
        ("process crashed", "ValueError"),
    ]


# Access

PATHS = Paths(["/", "/suivi", "/suivi/[ident]", "/experiences/[ident]", "/api/a/{number:int}/b"])


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/", "/"),
        ("/suivi", "/suivi"),
        ("/suivi/", "/suivi"),
        ("/suivi/12", "/suivi/…"),
        (f"/suivi/{TOKEN}", "/suivi/…"),
        ("/experiences/12-jeanne-dupont", "/experiences/…"),
        ("/api/a/0612345678/b", "/api/a/…/b"),
        ("/api/a/12/jeanne", "/…"),
        ("/jeanne@exemple.fr", "/…"),
        ("/suivi/12/jeanne", "/…"),
        ("/assets/jeanne.js", "/assets/…"),
        ("//jeanne//", "/…"),
        ("", "/"),
    ],
)
def test_a_path_shows_only_the_words_of_the_site(path: str, shown: str) -> None:
    assert PATHS.shown(path) == shown


@pytest.mark.parametrize(
    ("status", "level"), [(200, 20), (303, 20), (404, 30), (429, 30), (500, 40), (503, 40), (0, 40)]
)
def test_a_status_has_its_level(status: int, level: int) -> None:
    assert level_of(status) == level


async def _page(scope: Any, _receive: Any, send: Any) -> None:
    if scope["path"] == "/casse":
        raise RuntimeError("jeanne")
    logging.getLogger("spplus.test").info("meanwhile")
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b"12345", "more_body": True})
    await send({"type": "http.response.body", "body": b"678"})


async def _ask(method: str, path: str, **headers: str) -> None:
    layer = AccessLog(_page, PATHS, frozenset({"/healthz"}))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(layer), base_url="http://localhost", trust_env=False
    ) as client:
        await client.request(method, path, headers=headers)


def _facts(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [r.__dict__["facts"] for r in caplog.records if r.name == "spplus.access"]


async def test_a_request_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "spplus")
    told = dict.fromkeys(("referer", "user-agent", "x-forwarded-for"), "jeanne")
    await _ask("GET", "/suivi/12?q=jeanne", cookie="jeanne=1", **told)
    (facts,) = _facts(caplog)
    assert facts.pop("ms") >= 0
    assert facts == {"method": "GET", "path": "/suivi/…", "status": 404, "bytes": 8}
    assert "jeanne" not in str([record.__dict__ for record in caplog.records])


async def test_the_lines_of_a_request_bear_its_number(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "spplus")
    caplog.handler.setFormatter(JsonLines())
    await _ask("GET", "/suivi")
    await _ask("GET", "/suivi")
    lines = [json.loads(line) for line in caplog.text.splitlines()]
    numbers = [line["request"] for line in lines if line["logger"].startswith("spplus.")]
    assert len(numbers) == 4 and numbers[0] == numbers[1] != numbers[2] == numbers[3]


async def test_a_method_somebody_made_up_is_not_written(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "spplus")
    await _ask("JEANNE", "/suivi")
    assert _facts(caplog)[0]["method"] == "…"


async def test_what_nobody_answered_is_an_error(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(RuntimeError):
        await _ask("GET", "/casse")
    assert [one["status"] for one in _facts(caplog)] == [0]


async def test_health_is_asked_in_silence(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "spplus")
    await _ask("GET", "/healthz")
    assert not _facts(caplog)


async def test_the_access_log_can_be_left_out(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, "spplus")
    monkeypatch.setenv("LOG_ACCESS", "0")
    settings.cache_clear()
    await _ask("GET", "/suivi")
    settings.cache_clear()
    assert not _facts(caplog)
