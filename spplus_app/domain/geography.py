"""Where people and structures are: departments, regions, countries (see `lexicons/README.md`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from .text import fold


@dataclass(frozen=True, slots=True)
class Region:
    """A region; an overseas territory without region stands as its own."""

    code: str
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class Department:
    """A department or overseas territory.

    ``of`` is the name after « de », article included: « du Gard », « de l’Ain ». ``zone`` is
    ``metro``, ``drom``, ``com`` or ``demo``; ``town`` and ``postal_code`` are its seat, empty
    where nobody lives.
    """

    code: str
    name: str
    of: str
    region: Region
    zone: str
    town: str
    postal_code: str

    @property
    def label(self) -> str:
        """The name with its code: « Gard (30) »."""
        return f"{self.name} ({self.code})"


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 codes of two and three letters, French name."""

    code: str
    code3: str
    name: str


DEMO_DEPARTMENT = Department(
    code="99X",
    name="Val-de-Brume",
    of="du Val-de-Brume",
    region=Region("99R", "Rives-et-Brumes", "demo"),
    zone="demo",
    town="Clairbrume",
    postal_code="99100",
)
"""The invented department of the demonstration: found by its code, never listed among real ones."""


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = resources.files("spplus_app.lexicons").joinpath(f"{name}.json").read_text("utf-8")
    return tuple(json.loads(text)["rows"])


@cache
def regions() -> tuple[Region, ...]:
    """Return the regions and overseas territories, in the order of their names."""
    found = [Region(**row) for row in _rows("regions")]
    return tuple(sorted(found, key=lambda one: fold(one.name)))


@cache
def departments() -> tuple[Department, ...]:
    """Return the real departments and overseas territories, in the order of their codes."""
    by_code = {region.code: region for region in regions()}
    return tuple(
        Department(
            code=row["code"],
            name=row["name"],
            of=row["of"],
            region=by_code[row["region"]],
            zone=row["zone"],
            town=row["town"],
            postal_code=row["postal_code"],
        )
        for row in _rows("departements")
    )


@cache
def countries() -> tuple[Country, ...]:
    """Return the countries in the order of their French names; France stands once, as a whole."""
    found = [Country(**row) for row in _rows("countries")]
    return tuple(sorted(found, key=lambda one: fold(one.name)))


@cache
def _departments_by_code() -> dict[str, Department]:
    return {one.code: one for one in (*departments(), DEMO_DEPARTMENT)}


@cache
def _countries_by_code() -> dict[str, Country]:
    return {one.code: one for one in countries()}


def department(code: str) -> Department | None:
    """Return the department with this INSEE code (``01``, ``2A``, ``974``), if there is one."""
    return _departments_by_code().get(code.strip().upper())


def country(code: str) -> Country | None:
    """Return the country with this code of two letters, if there is one."""
    return _countries_by_code().get(code.strip().upper())


def department_of_postal_code(postal_code: str, insee: str = "") -> Department | None:
    """Return the department of a French postal code of five digits, ``None`` when unknown.

    ``insee`` is the INSEE code of the commune; given, it decides: 23 communes have a postal
    code of the department next door. Without it Corsica is told by the post's own cut: up to
    20199 Corse-du-Sud, from 20200 Haute-Corse (true of every commune of the 2026 register).
    """
    of_insee = _department_of_insee(insee.strip().upper())
    if of_insee is not None:
        return of_insee
    code = postal_code.strip()
    if len(code) != 5 or not (code.isascii() and code.isdigit()):
        return None
    if code in _ISLANDS:
        return department(_ISLANDS[code])
    if code.startswith("20"):
        return department("2A" if code < "20200" else "2B")
    return department(code[:3] if code.startswith(("97", "98")) else code[:2])


_ISLANDS = {"97133": "977", "97150": "978"}
"""Saint-Barthélemy and Saint-Martin kept the postal codes they had within Guadeloupe."""


def _department_of_insee(insee: str) -> Department | None:
    if len(insee) != 5:
        return None
    return department(insee[:3] if insee.startswith(("97", "98")) else insee[:2])


_CLOCKS = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}


def clocks_of(code: str) -> ZoneInfo:
    """Return the clocks of a department or overseas territory, those of Paris for any other."""
    return ZoneInfo(_CLOCKS.get(code, "Europe/Paris"))
