"""The communes of France: where a town typed by its name or postal code is."""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import cos, hypot, radians

from .geography import department_of_postal_code
from .structure_words import content

KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Position:
    """A place on Earth, in degrees, to a hundredth."""

    latitude: float
    longitude: float

    def km_to(self, other: Position) -> float:
        """Return the distance in kilometres, true enough to sort neighbours by."""
        east = (self.longitude - other.longitude) * cos(radians(self.latitude))
        return KM_PER_DEGREE * hypot(self.latitude - other.latitude, east)


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune; ``at`` is its town hall, ``None`` where that is unknown."""

    name: str
    department: str
    postal_codes: tuple[str, ...]
    at: Position | None


@dataclass(frozen=True, slots=True)
class Communes:
    """Communes by name (see `key`) and by postal code, the most populated first."""

    by_name: dict[str, tuple[Commune, ...]]
    by_postal_code: dict[str, tuple[Commune, ...]]

    def find(self, name: str, department: str) -> Commune | None:
        """Return the commune of this name in this department."""
        found = self.by_name.get(key(name), ())
        return next((one for one in found if one.department == department), None)


def key(name: str) -> str:
    """Return a name as it is looked up: « Le Vigan » → « vigan », « St-Lô » → « saint lo »."""
    full = {"st": "saint", "ste": "sainte"}
    return " ".join(full.get(word, word) for word in content(name))


@cache
def communes() -> Communes:
    """Return the communes, read once (`lexicons/README.md` says from where)."""
    packed = resources.files("spplus_app.lexicons").joinpath("communes.csv.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    rows = list(csv.DictReader(lines[1:], delimiter=";"))
    rows.sort(key=lambda row: (-int(row["population"]), row["code"]))
    by_name: dict[str, list[Commune]] = {}
    by_postal_code: dict[str, list[Commune]] = {}
    for row in rows:
        where = department_of_postal_code("", row["code"])
        at = None
        if row["latitude"]:
            at = Position(float(row["latitude"]), float(row["longitude"]))
        codes = tuple(row["postal_code"].split())
        commune = Commune(row["name"], where.code if where else "", codes, at)
        by_name.setdefault(key(commune.name), []).append(commune)
        for code in codes:
            by_postal_code.setdefault(code, []).append(commune)
    return Communes(
        {name: tuple(found) for name, found in by_name.items()},
        {code: tuple(found) for code, found in by_postal_code.items()},
    )
