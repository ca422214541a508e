"""`THEME=dsfr`: what is taken from the operator's folder, and the rules of ours that go with it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from scripts import dsfr
from tests import dsfr_package

ASSETS = Path(__file__).resolve().parents[1] / "assets"


def test_a_rule_is_ours_when_a_class_of_it_is() -> None:
    sheet = """
    /* a { comment } */
    :root { --ink: #123456; --space-1: .25rem; }
    a, .fr-btn, .fr-btn > .icon, :is(.fr-card, .fr-tile) { color: red; }
    @media (min-width: 1em) { .fr-nav { gap: 0; } .stack, h1 { gap: 1em; } }
    @font-face { font-family: "x"; }
    @media print { .fr-btn { display: none; } }
    """
    assert dsfr.own_rules(sheet).split("\n") == [
        ":root { --space-1: .25rem }",
        ".fr-btn > .icon { color: red; }",
        "@media (min-width: 1em) {",
        ".stack { gap: 1em; }",
        "}",
    ]


def test_every_token_of_the_complements_is_known() -> None:
    """Defined there, or one of the official decisions that the bridge names."""
    sheet = dsfr.complements(ASSETS)
    defined = set(re.findall(r"--([\w-]+):", sheet)) | set(re.findall(r"--tip\b", sheet))
    official = set(dsfr_package.NAMES) | set(dsfr_package.DARK_NAMES)
    used = set(re.findall(r"var\(--([\w-]+)", sheet))
    assert used - defined - official == set()
    assert official <= used


def test_the_complements_are_small_and_hold_no_colour_of_ours() -> None:
    sheet = dsfr.complements(ASSETS)
    assert len(gzip.compress(sheet.encode(), 9)) <= 12_000
    assert set(re.findall(r"#[0-9a-f]{6}", sheet)) <= {"#ffffff"}  # behind a QR code


def test_only_what_pages_need_is_taken(tmp_path: Path) -> None:
    package = dsfr_package.make(tmp_path / "package")
    client = tmp_path / "client"
    (client / "dsfr").mkdir(parents=True)
    (client / "dsfr/old.css").touch()
    assert dsfr.apply(package, ASSETS, client) == 5
    found = {path.relative_to(client).as_posix() for path in client.rglob("*") if path.is_file()}
    assert found == {
        *("dsfr/dsfr.min.css", "dsfr/dsfr.min.css.gz", "dsfr/fonts/a.woff2"),
        *("dsfr/utility/utility.min.css", "dsfr/utility/utility.min.css.gz"),
        *("dsfr/icons/system/x.svg", "dsfr/favicon/favicon.svg"),
        *("dsfr/complements.css", "dsfr/complements.css.gz"),
    }
    assert (client / "dsfr/dsfr.min.css").read_text() == dsfr_package.SHEET
