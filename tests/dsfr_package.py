"""A small folder with the layout of the official package, and nothing of its content."""

from __future__ import annotations

import os
from pathlib import Path

# The decisions that our bridge names, with colours of nobody.
NAMES = (
    *("background-default-grey", "background-alt-grey", "background-contrast-grey"),
    *("text-inverted-blue-france", "background-alt-blue-france"),
    *(f"background-contrast-{t}" for t in ("success", "error", "warning", "info")),
    "background-contrast-yellow-tournesol",
)
DARK_NAMES = (
    *("text-default-grey", "text-mention-grey", "border-default-grey", "border-plain-grey"),
    *("text-action-high-blue-france", "text-active-blue-france", "border-plain-info"),
    *(f"text-default-{t}" for t in ("success", "error", "warning", "info")),
)
SHEET = (
    ":root{"
    + "".join(f"--{name}:rgb(250 250 250);" for name in NAMES)
    + "".join(f"--{name}:rgb(20 20 20);" for name in DARK_NAMES)
    + "}*{box-sizing:border-box}"
    "body{margin:0;font-family:sans-serif;color:var(--text-default-grey)}"
    ".fr-sr-only{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
    ".fr-container{padding:0 1rem}.fr-logo{font-weight:700;letter-spacing:-.01em}"
    ".fr-btn{min-height:2.5rem}"
)
OFFICIAL = os.environ.get("SPPLUS_DSFR", "")
"""Where the operator's own copy is, for those who may have one."""


def make(folder: Path) -> Path:
    """Write the folder."""
    for name, content in {
        "dsfr.min.css": SHEET,
        "dsfr.module.js": "// a script: never taken",
        "utility/utility.min.css": ".fr-icon-x{display:inline}",
        "fonts/a.woff2": "font",
        "icons/system/x.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "favicon/favicon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "component/button/button.css": ".fr-btn{}",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    return folder
