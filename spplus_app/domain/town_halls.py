"""The directory of town halls, row by row: structures that may join, and their opening hours.

Source of the columns: the directory of the administration (DILA), town halls, one a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from . import opening_hours
from .communes import Commune, Position, communes
from .geography import department_of_postal_code
from .imports import BrokenFile, Reading, RefusedRow, Repair, Unusable
from .structure_details import PHONE_MAX, Details
from .structure_import import EMAIL, WEBSITE
from .structures import BOUNDS, StructureRecord, of_town
from .text import ForbiddenCharacter, clean_line

COLUMNS = ("code_insee", "nom", "adresse", "horaires_json", "email", "telephone", "site")
NETWORK, TYPOLOGY, TYPOLOGY_CODE = "Communes", "Mairie", "mairie"


@dataclass(slots=True)
class TownHalls(Reading[StructureRecord]):
    """What was read, with the details of each structure by its code."""

    details: dict[str, Details] = field(default_factory=dict)


def read(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> TownHalls:
    """Return every row turned into a record and its details, or refused with its number.

    Raises `BrokenFile` when a column is missing.
    """
    missing = [name for name in COLUMNS if name not in headings]
    if missing:
        raise BrokenFile(f"Il manque la colonne « {missing[0]} » : le fichier n’est pas importé.")
    found = TownHalls()
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        found.total += 1
        try:
            if len(cells) != len(headings):
                raise Unusable(f"{len(cells)} colonnes au lieu de {len(headings)}")
            _read_row(found, number, dict(zip(headings, cells, strict=True)))
        except Unusable as problem:
            found.refused.append(RefusedRow(number, str(problem)))
    return found


def _read_row(found: TownHalls, number: int, row: Mapping[str, str]) -> None:
    row = {column: _cleaned(found, number, column, row[column]) for column in COLUMNS}
    insee, name = row["code_insee"].upper(), row["nom"]
    where = department_of_postal_code("", insee)
    if not name or where is None or len(insee) != 5:
        raise Unusable("code INSEE ou nom de la commune inconnu")
    code = f"mairie-{insee}"
    if code in found.records:
        raise Unusable(f"la commune {insee} est déjà à la ligne {found.rows[code]}")
    street, postal_code, town = _address(row["adresse"])
    commune = communes().find(name, where.code)
    if not postal_code and commune is not None:
        postal_code = commune.postal_codes[0]
    found.records[code] = StructureRecord(
        code=code,
        network=NETWORK,
        typology=TYPOLOGY,
        typology_code=TYPOLOGY_CODE,
        name=f"Mairie {of_town(name)}"[: BOUNDS["name"]],
        identifier=insee,
        identifier_kind="INSEE",
        address=street[: BOUNDS["address"]],
        postal_code=postal_code,
        town=(town or name)[: BOUNDS["town"]],
        department=where.code,
        region=where.region.code,
        insee_town=insee,
        website=row["site"] if WEBSITE.fullmatch(row["site"]) else "",
        email=row["email"] if EMAIL.fullmatch(row["email"]) else "",
        joined=False,
    )
    found.rows[code] = number
    found.details[code] = Details(
        phone=row["telephone"][:PHONE_MAX],
        at=_place(commune, postal_code),
        hours=_hours(found, number, row["horaires_json"]),
    )


def _address(text: str) -> tuple[str, str, str]:
    """Return the street, the postal code and the town of an address of two lines or more."""
    *street, last = [line.strip() for line in text.split("\n")]
    code, _, town = last.partition(" ")
    if len(code) == 5 and code.isdigit():
        return ", ".join(filter(None, street)), code, town
    return ", ".join(filter(None, (*street, last))), "", ""


def _cleaned(found: TownHalls, number: int, column: str, text: str) -> str:
    """Return a cell, its lines kept; empty, and told so, where it holds what no text holds."""
    try:
        return "\n".join(clean_line(line) for line in text.strip().split("\n"))
    except ForbiddenCharacter:
        reason = "caractères de contrôle\u00a0: laissé vide"
        found.repaired.append(Repair(number, column, "", "", reason))
        return ""


def _place(commune: Commune | None, postal_code: str) -> Position | None:
    """Return where a town hall is; those of a district are known by their postal code alone."""
    if commune is None:
        commune = next(iter(communes().by_postal_code.get(postal_code, ())), None)
    return commune.at if commune else None


def _hours(found: TownHalls, number: int, text: str) -> str:
    try:
        return opening_hours.of_directory(text).kept
    except (ValueError, TypeError, IndexError):
        reason = "horaires qui se contredisent ou illisibles : laissés vides"
        found.repaired.append(Repair(number, "hours", text[:80], "", reason))
        return ""
