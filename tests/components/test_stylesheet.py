"""The stylesheet keeps its promises: contrasts, weight, one place for colours, its own code."""

from __future__ import annotations

import gzip
import hashlib
import re

import pytest

from spplus_app.api import assets

from .stylesheet import ASSETS, CSS, block_of, contrast, tokens

FONT = ASSETS / assets.FONT.removeprefix("/")
_SOURCES = {".py", ".js"}
THEMES = ("light", "dark")
GROUNDS = ("paper", "surface", "sunken")
TINTS = ("brand-tint", "good-tint", "bad-tint", "warn-tint", "info-tint", "plain-tint")

BODY = [("ink", ground) for ground in (*GROUNDS, *TINTS, "marker-stroke")]
BODY += [("ink", mark) for mark in ("mark-clear", "mark-unclear", "mark-worry")]
BODY += [("ink-soft", "surface"), ("ink-soft", "paper")]
WORDS = [("ink-soft", ground) for ground in ("sunken", "brand-tint", "plain-tint")]
WORDS += [("brand", ground) for ground in (*GROUNDS, "brand-tint")]
WORDS += [("brand-strong", ground) for ground in (*GROUNDS, "brand-tint")]
WORDS += [("on-brand", "brand"), ("on-brand", "brand-strong"), ("on-marker", "marker")]
WORDS += [("ink", "marker-pen")]  # the stroke under a title
WORDS += [(tone, f"{tone}-tint") for tone in ("good", "bad", "warn", "info", "plain")]
WORDS += [(tone, ground) for tone in ("good", "bad", "plain") for ground in ("paper", "surface")]
CONTROLS = [("line-strong", ground) for ground in GROUNDS]
CONTROLS += [("brand", ground) for ground in GROUNDS]
CONTROLS += [("focus", ground) for ground in (*GROUNDS, *TINTS)]
CONTROLS += [(f"mark-{m}-line", f"mark-{m}") for m in ("clear", "unclear", "worry")]


def _check(theme: str, front: str, ground: str, least: float) -> None:
    colours = tokens(theme)
    ratio = contrast(colours[front], colours[ground])
    assert ratio >= least, f"{front} on {ground}, {theme}: {ratio:.2f} < {least}"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "ground"), BODY)
def test_body_text(theme: str, front: str, ground: str) -> None:
    _check(theme, front, ground, 7)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "ground"), WORDS)
def test_coloured_words(theme: str, front: str, ground: str) -> None:
    _check(theme, front, ground, 4.5)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "ground"), CONTROLS)
def test_borders_of_controls_and_focus(theme: str, front: str, ground: str) -> None:
    _check(theme, front, ground, 3)


def test_the_dark_theme_is_the_same_chosen_or_of_the_device() -> None:
    assert tokens("dark") == tokens("dark of the device")


def test_both_themes_give_every_colour() -> None:
    assert tokens("light").keys() == tokens("dark").keys()


def test_colours_are_written_in_tokens_only() -> None:
    after = CSS[
        CSS.index("/* ---------------------------------------------------------------- base") :
    ]
    screen = after[: after.index("@media print")]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", screen) == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_stroke_is_drawn_in_the_colour_of_the_pen(theme: str) -> None:
    block = block_of(theme)
    drawn = re.search(r"--marker-drawn: url\([^)]*fill='%23([0-9a-f]{6})'", block)
    assert drawn and f"#{drawn[1]}" == tokens(theme)["marker-pen"]


def test_every_token_used_is_defined() -> None:
    defined = set(re.findall(r"--([\w-]+):", CSS))
    assert set(re.findall(r"var\(--([\w-]+)", CSS)) <= defined


def test_weight() -> None:
    """Compressed as the site serves them: 25 KB for the style, 12 KB for the behaviours."""
    assert len(gzip.compress(CSS.encode(), 9)) <= 25_000
    assert len(gzip.compress((ASSETS / "spplus.js").read_bytes(), 9)) <= 12_000
    assert FONT.stat().st_size <= 40_000


def test_the_typeface_is_named_after_what_it_holds() -> None:
    """Browsers keep it for ever: another content has another name."""
    digest = hashlib.sha256(FONT.read_bytes()).hexdigest()
    assert FONT.stem.endswith(f"-{digest[:8]}")
    assert f'url("{assets.FONT}")' in CSS
    assert [path.name for path in (ASSETS / "fonts").glob("*.woff2")] == [FONT.name]


def test_nothing_of_the_state_brand() -> None:
    """Not its typeface, not its blue and red, not its custom properties."""
    assert not re.search(r"marianne|spectral|000091|e1000f|--blue-france|--grey-\d", CSS, re.I)


def test_the_typeface_comes_with_its_licence() -> None:
    text = (ASSETS / "fonts/OFL.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License" in text and "Atkinson Hyperlegible Next" in text


def test_the_script_needs_no_inline_code() -> None:
    source = (ASSETS / "spplus.js").read_text() + (ASSETS / "theme.js").read_text()
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|\.style\b", source)


def test_every_class_is_used_somewhere() -> None:
    """A class that nothing bears any more goes with what bore it."""
    folders = (ASSETS.parent / "spplus_app", ASSETS, ASSETS.parent / "scripts")
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in _SOURCES]
    text = "\n".join(path.read_text("utf-8") for path in files)
    made = set(re.findall(r"([\w-]+--)\{", text))  # `fr-badge--{kind}`
    bases = re.findall(r'(?:group_class\(|base(?:: str)? ?= ?)"([\w-]+)"', text)
    made |= {f"{base}--" for base in bases}
    bare = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    rules = "".join(re.findall(r"([^{}]+)\{", bare))
    dead = [
        name
        for name in sorted(set(re.findall(r"\.([a-z][\w-]*)", rules)))
        if not re.search(rf"(?<![\w-]){name}(?![\w-])", text) and not name.startswith(tuple(made))
    ]
    assert dead == []
