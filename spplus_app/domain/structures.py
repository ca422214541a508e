"""A structure as the house knows it, whatever file it came from, and how its place reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from .text import fold, words

CODE_PATTERN = r"[A-Za-z0-9][A-Za-z0-9-]{0,63}"
"""A code keeps its case: the referential's own codes differ by it."""
CODE = re.compile(CODE_PATTERN)
DEPTH_MAX = 20
"""Levels of the tree: a path of ids must hold in its column; the referential has 7."""
FRANCE = "France"

BOUNDS: dict[str, int] = {
    "code": 64,
    "parent_code": 64,
    "network": 200,
    "typology_code": 64,
    "typology": 300,
    "name": 300,
    "usual_name": 300,
    "description": 2000,
    "identifier": 120,
    "identifier_kind": 120,
    "address": 400,
    "postal_code": 20,
    "town": 200,
    "country": 120,
    "website": 400,
    "email": 254,
    "insee_town": 16,
    "department": 8,
    "region": 8,
    "served_postal_codes": 4000,
    "served_departments": 2000,
}
"""The longest value of each field, in characters: the width of its column."""

FIELD_NAMES: dict[str, str] = {
    "code": "code",
    "parent_code": "structure parente",
    "network": "réseau",
    "typology_code": "code de la typologie",
    "typology": "typologie",
    "name": "intitulé",
    "usual_name": "intitulé usager",
    "description": "description",
    "identifier": "identifiant",
    "identifier_kind": "type d’identifiant",
    "address": "adresse",
    "postal_code": "code postal",
    "town": "ville",
    "country": "pays",
    "website": "site internet",
    "email": "boîte à lettres",
    "insee_town": "INSEE ville",
    "department": "département",
    "region": "région",
    "served_postal_codes": "codes postaux desservis",
    "served_departments": "départements desservis",
    "active": "actif",
    "hours": "horaires",
}
"""How a report names each field."""


class Origin(StrEnum):
    """Where a structure comes from; an import only closes structures of its own origin."""

    REFERENTIAL = "referential"
    TOWN_HALLS = "town_halls"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class StructureRecord:
    """A structure ready to be stored: every value cleaned and bounded.

    ``parent_code`` is empty for a root. ``department`` and ``region`` are INSEE codes,
    ``served_departments`` and ``served_postal_codes`` lists separated by a space. ``joined`` says
    whether a new one belongs to the programme: people only write to those that do.
    """

    code: str
    network: str
    typology: str
    typology_code: str
    name: str
    parent_code: str = ""
    usual_name: str = ""
    description: str = ""
    identifier: str = ""
    identifier_kind: str = ""
    address: str = ""
    postal_code: str = ""
    town: str = ""
    country: str = FRANCE
    department: str = ""
    region: str = ""
    insee_town: str = ""
    website: str = ""
    email: str = ""
    served_postal_codes: str = ""
    served_departments: str = ""
    active: bool = True
    invented: bool = False
    announced_delay_days: int | None = None
    joined: bool = True


_PARTICLES = frozenset(words("a au aux d de des devant du en et l la le les lez pres sous sur"))
_TOWN_PARTS = re.compile(r"([ \-'’])")
_CEDEX = re.compile(r"\s+cedex(\s+\d+)?$", re.IGNORECASE)


def town_name(town: str) -> str:
    """Return a town as people write it: capitals only are set in lower case, « Cedex » goes.

    « LE PUY EN VELAY » → « Le Puy en Velay ». Accents that the source lost are not invented.
    """
    town = _CEDEX.sub("", town)
    if not town.isupper():
        return town
    parts = _TOWN_PARTS.split(town.lower())
    return "".join(
        part if index and fold(part) in _PARTICLES else part[:1].upper() + part[1:]
        for index, part in enumerate(parts)
    )


_ARTICLES = {"le ": "du ", "les ": "des "}
_VOWELS = frozenset("aeiouy")


def of_town(name: str) -> str:
    """Return a town after « de »: « de Nîmes », « d’Albi », « du Mans », « des Lilas »."""
    for article, of in _ARTICLES.items():
        if name.casefold().startswith(article):
            return of + name[len(article) :]
    return f"d’{name}" if fold(name)[:1] in _VOWELS else f"de {name}"


def place_name(town: str, department: str, country: str) -> str:
    """Return where a structure is: « Nîmes (30) », « Rome, Italie », « » when nothing is known."""
    town = town_name(town)
    if country and country != FRANCE:
        return ", ".join(part for part in (town, country) if part)
    if not department:
        return town
    return f"{town}\u00a0({department})" if town else department
