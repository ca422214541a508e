"""What a reader of the demonstration sees: typography, no personal data, nothing copied."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from spplus_app.domain.text import fold, words
from tests.demo.test_content import load


def read_texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every text a person reads, with its place; codes, keys and exact values left out."""
    plain = {"key", "code", "parent", "about", "fields", "tags", "structure", "department"}
    exact = {"status", "reason", "channel", "role", "email", "ressenti", "rating", "country"}
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in plain | exact:
                yield from read_texts(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from read_texts(inner, f"{where}[{index}]")
    elif isinstance(value, str) and value:
        yield where, value


TEXTS = [
    found
    for name in ("experiences", "invented", "structures", "accounts")
    for found in read_texts(load(name)["rows"], name)
]

FAULTS = {
    "a straight apostrophe": r"'",
    "straight quotes": r'"',
    "three points instead of …": r"\.\.\.",
    "no no-break space before a double sign": r"[^\s\u00a0\u202f?!][;!?]|[^\s\u00a0][:](?!//)",
    "a breaking space before a double sign": r" [;:!?»]",
    "a breaking space after «": r"« |«[^\u00a0\u202f]",
    "a double space": r"[ \u00a0\u202f]{2}",
    "a space before a comma or a full stop": r"[ \u00a0\u202f][,.]",
    "a space at an end of line": r"[ \u00a0\u202f]$",
    "something like an e-mail or a site": r"@|www\.|https?:|\.(fr|com|gouv)\b",
    "something like a phone number": r"(?:\d[\s.\u00a0\u202f-]?){9,}|\b0[1-9][\s.]\d\d\b",
    "something like a case number": r"\d{5,}",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_text_has(fault: str) -> None:
    pattern = re.compile(FAULTS[fault], re.MULTILINE)
    postal = re.compile(r"\.postal_code$")
    found = [
        f"{where}: {text[max(0, hit.start() - 25) : hit.end() + 10]!r}"
        for where, text in TEXTS
        if not postal.search(where)
        for hit in [pattern.search(text)]
        if hit
    ]
    assert found == []


def test_quotes_are_closed() -> None:
    for where, text in TEXTS:
        assert text.count("«") == text.count("»"), where


@pytest.mark.samples
def test_nothing_is_copied_from_the_shared_testimonies(samples: Path) -> None:
    run = 12
    lines = (samples / "experiences/experiences-400.jsonl").read_text("utf-8").splitlines()
    theirs: set[tuple[str, ...]] = set()
    for line in lines:
        row = json.loads(line)
        for text in filter(None, (row.get("titre"), row.get("description"), row.get("reponse_1"))):
            said = words(text)
            theirs.update(tuple(said[i : i + run]) for i in range(len(said) - run + 1))
    assert len(theirs) > 10_000
    for where, text in TEXTS:
        said = words(text)
        ours = {tuple(said[i : i + run]) for i in range(len(said) - run + 1)}
        assert not ours & theirs, where


@pytest.mark.samples
def test_no_invented_town_exists(samples: Path) -> None:
    path = samples / "geography/communes.csv.gz"
    with gzip.open(path) as packed, io.TextIOWrapper(packed, encoding="utf-8") as text:
        towns = {fold(row["nom"]) for row in csv.DictReader(text)}
    assert not towns & {fold(row["town"]) for row in load("invented")["rows"]}
