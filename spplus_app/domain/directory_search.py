"""A search of the directory: read from an address, written in one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from .communes import Position, communes, key
from .directory import Filters
from .geography import department
from .search import line

PAGE = 20
PAGES_MAX = 50
"""Pages of a list: beyond, one narrows the search."""
_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_POSTAL_CODE = re.compile(r"[0-9]{5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Near:
    """The town that somebody typed: its name, and where it is."""

    name: str
    at: Position


@dataclass(frozen=True, slots=True)
class DirectorySearch:
    """What a person asks; empty fields ask for nothing. Names are those of the address.

    ``pres`` is a town or a postal code: the nearest come first.
    """

    q: str = ""
    pres: str = ""
    reseau: str = ""
    typologie: str = ""
    departement: str = ""
    engagee: str = ""
    page: int = 1

    @property
    def fields(self) -> dict[str, str]:
        """Every field of the form that asks for something, by name."""
        named = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "page"}
        return {name: value for name, value in named.items() if value}

    @property
    def filters(self) -> Filters:
        """What is asked besides words and place."""
        return Filters(
            int(self.reseau or 0), int(self.typologie or 0), self.departement, bool(self.engagee)
        )

    @property
    def near(self) -> Near | None:
        """Where the town typed is; ``None`` for none, or one that nobody knows."""
        return town(self.pres)

    def without(self, name: str) -> DirectorySearch:
        """Return this search without one of its fields, from its first page."""
        empty: dict[str, Any] = {name: "", "page": 1}
        return replace(self, **empty)

    def query(self, page: int = 1) -> str:
        """Return the query of the address, « ? » included; nothing where nothing is asked."""
        pairs = self.fields | ({"page": str(page)} if page > 1 else {})
        return f"?{urlencode(pairs)}" if pairs else ""


def parse(query: Mapping[str, object]) -> DirectorySearch:
    """Return the search of an address; what cannot be read asks for nothing."""
    asked = {
        one.name: line(query.get(one.name, ""))
        for one in fields(DirectorySearch)
        if one.name != "page"
    }
    where = department(asked["departement"]) if asked["departement"] else None
    for name in ("reseau", "typologie"):
        asked[name] = asked[name] if _NUMBER.fullmatch(asked[name]) else ""
    asked["departement"] = where.code if where else ""
    asked["engagee"] = "oui" if asked["engagee"] == "oui" else ""
    page = line(query.get("page", ""))
    number = min(int(page), PAGES_MAX) if _NUMBER.fullmatch(page) else 1
    return DirectorySearch(**asked, page=number)


def town(typed: str) -> Near | None:
    """Return the town of a name, or of a postal code: the most populated of either.

    « Nîmes », « 30000 », « Nîmes 30 » and « 30000 Nîmes » are the same town.
    """
    codes, words = _POSTAL_CODE.findall(typed), _POSTAL_CODE.sub(" ", typed)
    known = communes()
    name, _, number = words.strip().rpartition(" ")
    where = department(number.strip("()")) if name else None
    found = known.by_name.get(key(name if where else words), ())
    if where:
        found = tuple(one for one in found if one.department == where.code)
    of_code = known.by_postal_code.get(codes[0], ()) if codes else ()
    both = [one for one in found if not codes or one in of_code] or list(of_code)
    placed = next((one for one in both if one.at is not None), None)
    if placed is None or placed.at is None:
        return None
    return Near(placed.name, placed.at)
