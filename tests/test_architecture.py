"""The house rules, checked: layers, sizes, docstrings, French typography.

A rule says what to do instead; a way out is a line in a list, with its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter import cli

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "spplus_app"
SOURCES = sorted(PACKAGE.rglob("*.py"))
SPOKEN = ("domain", "services", "persistence", "adapters", "components", "api", "states")

FILE_LINES = 300
FUNCTION_LINES = 40
SCREEN_LINES = 60
STATE_LINES = 120
HANDLER_LINES = 15

LONG_FILES: dict[str, str] = {
    "spplus_app/routes.py": "the table of pages: one place to read them all",
}
"""File → why it is longer than the rule."""

LONG_FUNCTIONS: dict[str, str] = {}
"""« file::function » → why it is longer than the rule."""

TYPOGRAPHY: dict[str, str] = {}
"""A text → why it is written otherwise than French typography asks."""

NOT_READ = {
    "spplus_app/domain/documents/hyphens.py": "words compared with those that a line cuts",
    "spplus_app/domain/documents/sentences.py": "signs that open and end sentences, never shown",
    "spplus_app/domain/structure_words.py": "words compared with what is typed, never shown",
    "spplus_app/persistence/search_sqlite.py": "questions to FTS5, in its own language",
    "spplus_app/persistence/search_bounds.py": "pieces of questions to both",
    "spplus_app/persistence/search_postgresql.py": "questions to PostgreSQL, in its own language",
    "spplus_app/domain/signals/distress_patterns.py": "patterns over folded words, never shown",
    "spplus_app/domain/signals/links.py": "patterns of links and of advertising, never shown",
    "spplus_app/domain/signals/threat_patterns.py": "patterns over folded words, never shown",
    "spplus_app/domain/text_repair.py": "patterns of spoilt characters, never shown",
}
"""File → why nobody reads its texts."""


def name(path: Path) -> str:
    """A path as the lists write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """A source, parsed once."""
    return ast.parse(path.read_text("utf-8"))


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[tuple[str, Function]]:
    """Every function of a source with its dotted name; nested ones count in their own right."""

    def walk(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Function):
                yield prefix + child.name, child
                yield from walk(child, f"{prefix}{child.name}.")
            elif isinstance(child, ast.ClassDef):
                yield from walk(child, f"{prefix}{child.name}.")
            else:
                yield from walk(child, prefix)

    yield from walk(tree(path), "")


def lines_of(node: Function | ast.ClassDef) -> int:
    """The lines of a definition, without its docstring: saying why is never too long."""
    body = node.body[0]
    told = 0
    if ast.get_docstring(node) is not None:
        told = (body.end_lineno or 0) - body.lineno + 1
    return (node.end_lineno or 0) - node.lineno + 1 - told


def test_layers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The contracts of `pyproject.toml` (import-linter)."""
    monkeypatch.chdir(ROOT)
    # Its settings silence every logger that exists, ours too, for the tests that come after.
    monkeypatch.setattr(cli, "_configure_logging", lambda verbose: None)
    assert cli.lint_imports(no_cache=True) == cli.EXIT_STATUS_SUCCESS


def test_no_file_is_too_long() -> None:
    for path in SOURCES:
        lines = len(path.read_text("utf-8").splitlines())
        assert lines <= FILE_LINES or name(path) in LONG_FILES, (
            f"{name(path)} has {lines} lines: make it a package inside its layer, or say why"
        )


def test_no_function_is_too_long() -> None:
    found = []
    for path in SOURCES:
        screen = {"components", "pages"} & set(path.relative_to(PACKAGE).parts)
        allowed = SCREEN_LINES if screen else FUNCTION_LINES
        for dotted, node in functions(path):
            key = f"{name(path)}::{dotted}"
            if lines_of(node) > allowed and key not in LONG_FUNCTIONS:
                found.append(f"{key} has {lines_of(node)} lines, {allowed} at most")
    assert found == [], "split it by what it decides, or say why it cannot be"


def test_states_are_thin() -> None:
    found = []
    for path in sorted((PACKAGE / "states").glob("*.py")):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.ClassDef):
                continue
            if lines_of(node) > STATE_LINES:
                found.append(f"{name(path)}::{node.name} has {lines_of(node)} lines")
            for one in node.body:
                marks = getattr(one, "decorator_list", [])
                is_event = any(ast.unparse(mark).startswith("event(") for mark in marks)
                if isinstance(one, Function) and is_event and lines_of(one) > HANDLER_LINES + 5:
                    found.append(f"{name(path)}::{node.name}.{one.name}: {lines_of(one)} lines")
    assert found == [], "a state parses, calls one service and shows: move the rest to the service"


def test_exceptions_are_still_needed() -> None:
    long_files = {name(path) for path in SOURCES if len(path.read_text().splitlines()) > FILE_LINES}
    assert set(LONG_FILES) <= long_files
    long_functions = {
        f"{name(path)}::{dotted}"
        for path in SOURCES
        for dotted, node in functions(path)
        if lines_of(node) > FUNCTION_LINES
    }
    assert set(LONG_FUNCTIONS) <= long_functions
    assert {ROOT / path for path in NOT_READ} <= set(SOURCES)
    assert all(
        reason for listed in (LONG_FILES, LONG_FUNCTIONS, TYPOGRAPHY) for reason in listed.values()
    )


def public(dotted: str) -> bool:
    """Whether nothing in this name is private or special."""
    return not any(part.startswith("_") for part in dotted.split("."))


def test_every_public_function_says_what_it_does() -> None:
    silent = []
    for path in SOURCES:
        if path.relative_to(PACKAGE).parts[0] not in SPOKEN:
            continue
        if ast.get_docstring(tree(path)) is None and path.read_text().strip():
            silent.append(name(path))
        nested = {id(n) for _, f in functions(path) for n in ast.walk(f) if n is not f}
        silent += [
            f"{name(path)}::{dotted}"
            for dotted, node in functions(path)
            if public(dotted) and id(node) not in nested and ast.get_docstring(node) is None
        ]
    assert silent == [], "one line first; then shapes, units, errors, the source of a rule"


# ---- French typography ---------------------------------------------------------------------

HOLE = "\ufffc"
"""Stands for a value inside a text."""
FAULTS: dict[str, re.Pattern[str]] = {
    "a straight apostrophe: write ’": re.compile(r"[a-zà-ÿ]'[a-zà-ÿ\ufffc]", re.IGNORECASE),
    "a space that breaks before ; : ? ! »: write U+202F or U+00A0": re.compile(
        r" [;:?!»](?=[\s\ufffc…)»]|$)"
    ),
    "no space before ; : ? !": re.compile(r"[a-zà-ÿ»][;?!](?=\s|$)|[a-zà-ÿ»]:(?= )", re.IGNORECASE),
    "a space that breaks, or none, inside « »": re.compile(r"«[^\u00a0\u202f]|[^\u00a0\u202f]»"),
    "three dots: write …": re.compile(r"[a-zà-ÿ]\.\.\."),
    "straight quotes around words: write « »": re.compile(r'(?<=[\s(])"[^"<>=]+"(?=[\s.,)])'),
}
FRENCH = re.compile(
    r"[àâçéèêëîïôùûœ’«»]|\b(le|la|les|un|une|des|du|de|vous|votre|vos|nous|est|et|pour|dans|sur|"
    r"aucun|pas|ce|cette|ou|avec|sans|rien|ne|en)\b",
    re.IGNORECASE,
)
CODE = re.compile(
    r"https?://|^[\w./{}\ufffc-]*$|<[a-z!/]|[{};]\s*$|^\s*(SELECT|INSERT|UPDATE|PRAGMA)\b"
)


def docstrings(path: Path) -> set[int]:
    """Strings that document: the first of a body, and those that follow a value."""
    return {
        id(node.value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a source that is not documentation, with its line; values are holes."""
    skipped = docstrings(path)
    within: set[int] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.JoinedStr):
            parts = []
            for value in node.values:
                within.add(id(value))
                fixed = isinstance(value, ast.Constant)
                parts.append(str(value.value) if fixed else HOLE)  # type: ignore[attr-defined]
                if isinstance(value, ast.FormattedValue) and value.format_spec is not None:
                    within |= {id(one) for one in ast.walk(value.format_spec)}
            yield node.lineno, "".join(parts)
    for node in ast.walk(tree(path)):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in skipped | within:
            yield node.lineno, node.value


def faults(text: str) -> list[str]:
    """What French typography has against a text that a person reads."""
    words = text.strip(" \n\u00a0\u202f")
    if " " not in words and not re.search("[«»’]", words):
        words = "" if CODE.search(words) else words
    if not words or CODE.search(text):
        return []
    french = FRENCH.search(text)
    found = [what for what, pattern in FAULTS.items() if pattern.search(text)]
    # A space before ? or » is French wherever it stands; the rest is also good English.
    return [what for what in found if french or "that breaks" in what]


def test_every_text_is_in_correct_french_typography() -> None:
    found = [
        f"{name(path)}:{line}: {what}: {text!r}"
        for path in SOURCES
        if name(path) not in NOT_READ
        for line, text in texts(path)
        if text not in TYPOGRAPHY
        for what in faults(text)
    ]
    assert found == []


WRONG = [
    "Quel service ?",
    "Votre session a pris fin: reconnectez-vous.",
    "C'est à vous",
    "Choisissez « utile ».",
    "Choisissez «utile».",
    "Attendez un instant...",
    f"Réglage {HOLE} : {HOLE}.",
    "Rechargez la page ; votre texte est gardé.",
    "Bravo! Votre texte est publié.",
    'Le motif "insulte" est choisi.',
]
RIGHT = [
    "Quel service\u202f?",
    "Gardez ce lien\u00a0: il est à vous seul",
    "https://exemple.fr/la?page=1 : x",
    "SELECT le FROM la WHERE a = :b ; ",
    "« utile »".replace(" ", "\u00a0"),
    "color: red; margin: 0 ",
    "use-code-desk",
]


@pytest.mark.parametrize("text", WRONG)
def test_the_check_finds(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize("text", RIGHT)
def test_the_check_lets(text: str) -> None:
    assert faults(text) == []
