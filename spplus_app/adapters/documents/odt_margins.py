"""Which headers and footers the first page of an ODT shows: its sender often stands there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_LIBRE = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
_STANDARD = "Standard"
Elements = list[tuple[tuple[str, ...], Mapping[str, str]]]
"""What `packages.collected` gives."""


@dataclass(slots=True)
class MasterPage:
    """A kind of page: the kind that comes after it, and the headers and footers that it shows."""

    following: str = ""
    shown: set[str] = field(default_factory=set)


class Margin(NamedTuple):
    """One header or footer: the kind of page it stands on, the name of its element."""

    page: str
    element: str


def master_pages(elements: Elements) -> dict[str, MasterPage]:
    """Return the kinds of pages that the styles tell, by name, in their order."""
    pages: dict[str, MasterPage] = {}
    current = MasterPage()
    for path, attributes in elements:
        if path[-1] == f"{STYLE} master-page":
            current = MasterPage(attributes.get(f"{STYLE} next-style-name", ""))
            pages[attributes.get(f"{STYLE} name", "")] = current
        elif (
            f"{STYLE} master-page" in path[-2:-1] and attributes.get(f"{STYLE} display") != "false"
        ):
            current.shown.add(path[-1])
    return pages


def margins(pages: Mapping[str, MasterPage], first: str, kind: str) -> list[Margin]:
    """Return the headers, or footers (``kind``), of the page ``first`` and of the next, in order.

    A document whose first paragraph tells no page begins with the standard one.
    """
    name = next((one for one in (first, _STANDARD, *pages) if one in pages), "")
    if not name:
        return []
    wanted = [
        Margin(name, f"{STYLE} {kind}-first"),
        Margin(name, f"{_LIBRE} {kind}-first"),
        Margin(name, f"{STYLE} {kind}"),
        Margin(pages[name].following, f"{STYLE} {kind}"),
    ]
    return [one for one in wanted if one.page in pages and one.element in pages[one.page].shown]
