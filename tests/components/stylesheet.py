"""Reading the stylesheet: its tokens in each theme, and contrast ratios (WCAG 2.2)."""

from __future__ import annotations

import re
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[2] / "assets"
CSS = (ASSETS / "spplus.css").read_text(encoding="utf-8")

_BLOCKS = {
    "light": r":root \{(.*?)\n\}",
    "dark": r':root\[data-fr-theme="dark"\] \{(.*?)\n  \}',
    "dark of the device": r':root:not\(\[data-fr-theme="light"\]\) \{(.*?)\n  \}',
}
_TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")


def block_of(theme: str) -> str:
    """Return the declarations of a theme's tokens."""
    block = re.search(_BLOCKS[theme], CSS, re.S)
    assert block, theme
    return block.group(1)


def tokens(theme: str) -> dict[str, str]:
    """Return the colours of a theme: name without its dashes → `#rrggbb`."""
    return dict(_TOKEN.findall(block_of(theme)))


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
