"""The official referential, row by row: what is repaired, what is refused.

Source of the columns: the 2023 export of the programme's structures (26 columns). Its defects
are known: a byte order mark inside a quoted heading, postal codes that lost their leading zero,
consular numbers in the place of postal codes, line ends inside addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .geography import department, department_of_postal_code
from .imports import BrokenFile, Reading, RefusedRow, Repair, Unusable
from .structures import BOUNDS, CODE, FIELD_NAMES, FRANCE, StructureRecord
from .text import ForbiddenCharacter, clean_line, fold

COLUMNS: dict[str, str] = {
    "Code SP+ de la structure": "code",
    "Intitulé du réseau": "network",
    "Intitulé de la typologie": "typology",
    "Intitulé de la structure": "name",
    "Intitulé structure usager": "usual_name",
    "Description de la structure": "description",
    "Identifiant de la structure": "identifier",
    "Type d'identifiant": "identifier_kind",
    "Code SP+ structure parent": "parent_code",
    "Adresse": "address",
    "Compléments Adresse": "address_more",
    "Code postal de la structure": "postal_code",
    "Ville": "town",
    "PAYS": "country",
    "Codes Postaux": "served_postal_codes",
    "Départements": "served_departments",
    "URL du site internet": "website",
    "Boîte à lettre fonctionnelle": "email",
    "Actif": "active",
    "Code sp+ de la typologie": "typology_code",
    "INSEE Ville": "insee_town",
    "INSEE Département": "department",
    "INSEE Région": "region",
}
"""The columns read, by their heading; the others say nothing that is kept."""

REQUIRED = ("code", "network", "typology", "typology_code", "name")
_NEEDED_COLUMNS = (*REQUIRED, "parent_code", "postal_code", "town", "active")
_MARKUP = re.compile(r"<[^<>]*>")
EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[A-Za-z]{2,}")
WEBSITE = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_COMPACT_KINDS = frozenset({"siret", "siren", "uai"})
_INSEE_PREFIX = re.compile(r"^(com|dep|reg)(?=[0-9])")


def fields_of(headings: Sequence[str]) -> list[str]:
    """Return the field of each column, ``""`` for those not read.

    Quotes and byte order marks around a heading are ignored. Raises `BrokenFile` when a column
    that cannot be done without is missing or stands twice.
    """
    known = {fold(heading): name for heading, name in COLUMNS.items()}
    found = [
        known.get(fold(heading.strip(' \t\r\n"\ufeff').replace("’", "'")), "")
        for heading in headings
    ]
    for heading, name in COLUMNS.items():
        if found.count(name) > 1:
            raise BrokenFile(f"La colonne « {heading} » est présente deux fois.")
        if name in _NEEDED_COLUMNS and name not in found:
            raise BrokenFile(f"Il manque la colonne « {heading} » : le fichier n’est pas importé.")
    return found


def read(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Reading[StructureRecord]:
    """Return every row turned into a record, or refused with its number and reason."""
    fields = fields_of(headings)
    reading: Reading[StructureRecord] = Reading()
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        reading.total += 1
        try:
            _read_row(reading, number, fields, cells)
        except Unusable as problem:
            reading.refused.append(RefusedRow(number, str(problem)))
    return reading


def _read_row(
    reading: Reading[StructureRecord], number: int, fields: list[str], cells: Sequence[str]
) -> None:
    if len(cells) != len(fields):
        raise Unusable(f"{len(cells)} colonnes au lieu de {len(fields)}")
    row = Row(number, dict(zip(fields, cells, strict=True)))
    record = row.record()
    if record.code in reading.records:
        raise Unusable(f"le code {record.code} est déjà à la ligne {reading.rows[record.code]}")
    reading.records[record.code] = record
    reading.rows[record.code] = number
    reading.repaired += row.repaired
    reading.doubts += row.doubts


class Row:
    """One row on its way in; `record` cleans it and says what it changed."""

    def __init__(self, number: int, raw: Mapping[str, str]) -> None:
        self.number = number
        self.raw = raw
        self.values: dict[str, str] = {}
        self.repaired: list[Repair] = []
        self.doubts: list[Repair] = []

    def record(self) -> StructureRecord:
        """Return the record; raise `Unusable` when the row cannot be repaired."""
        for name in BOUNDS:
            self.values[name] = self._cell(name)
        for name in REQUIRED:
            if not self.values[name]:
                raise Unusable(f"{FIELD_NAMES[name]} : vide")
        for name in ("code", "parent_code", "typology_code"):
            if self.values[name] and not CODE.fullmatch(self.values[name]):
                raise Unusable(f"{FIELD_NAMES[name]} : lettres, chiffres et tirets seulement")
        active = fold(self.raw.get("active", "").strip())
        if active not in {"oui", "non"}:
            raise Unusable("actif : ni « Oui » ni « Non »")
        self._address()
        self._place()
        self._served()
        self._contact()
        values: dict[str, Any] = {**self.values, "active": active == "oui"}
        return StructureRecord(**values)

    def change(self, name: str, after: str, reason: str) -> None:
        """Give a field its repaired value, and say so."""
        before = self.values.get(name, "")
        self.values[name] = after
        self.repaired.append(Repair(self.number, name, before, after, reason))

    def _cell(self, name: str) -> str:
        raw = self.raw.get(name, "")
        self.values[name] = raw.strip()
        try:
            text = clean_line(raw)
        except ForbiddenCharacter:
            if name in REQUIRED or name == "parent_code":
                raise Unusable(f"{FIELD_NAMES[name]} : caractères de contrôle") from None
            self.change(name, "", "caractères de contrôle : laissé vide")
            return ""
        if "\n" in raw.strip():
            self.change(name, text, "retour à la ligne enlevé")
        if _MARKUP.search(text):
            text = clean_line(_MARKUP.sub(" ", text))
            self.change(name, text, "balises enlevées")
        if len(text) > BOUNDS[name]:
            if name in REQUIRED or name == "parent_code":
                raise Unusable(f"{FIELD_NAMES[name]} : plus de {BOUNDS[name]} caractères")
            self.change(name, text[: BOUNDS[name]].rstrip(), f"coupé à {BOUNDS[name]} caractères")
            text = self.values[name]
        return text

    def _address(self) -> None:
        try:
            more = _MARKUP.sub(" ", clean_line(self.raw.get("address_more", "")))
        except ForbiddenCharacter:
            more = ""
        if more:
            self.values["address"] = ", ".join(filter(None, (self.values["address"], more)))
            self.values["address"] = self.values["address"][: BOUNDS["address"]]

    def _place(self) -> None:
        values = self.values
        values["country"] = values["country"] or FRANCE
        for name in ("insee_town", "department", "region"):
            values[name] = _INSEE_PREFIX.sub("", values[name])
        if values["country"] != FRANCE:
            values["department"] = ""
            self._foreign_code()
            return
        where = department(values["department"])
        if values["department"] and where is None:
            self.change("department", "", "département inconnu")
        self._postal_code()
        of_code = department_of_postal_code(values["postal_code"])
        if where is None and of_code is not None:
            self.change("department", of_code.code, "déduit du code postal")
        elif where is not None and of_code is not None and not _agree(where.code, of_code.code):
            reason = f"le code postal dit {of_code.label}, l’INSEE {where.label}"
            code = values["postal_code"]
            self.doubts.append(Repair(self.number, "postal_code", code, code, reason))

    def _foreign_code(self) -> None:
        # Abroad the column holds the number of the consular post, also written in INSEE Ville.
        code = self.values["postal_code"]
        consular = re.fullmatch(r"cons[A-Z]{2}0*([0-9]+)", self.values["insee_town"])
        if code and consular and consular[1] == code.lstrip("0"):
            self.change("postal_code", "", "numéro de poste consulaire, pas un code postal")

    def _postal_code(self) -> None:
        code, where = self.values["postal_code"], department(self.values["department"])
        digits = code.isascii() and code.isdigit()
        if not code or (digits and len(code) == 5):
            return
        if digits and len(code) < 5 and where is not None:
            padded = code.zfill(5)
            found = department_of_postal_code(padded)
            if found is not None and found.code == where.code:
                reason = "zéro de tête rendu" if len(code) == 4 else "zéros de tête rendus"
                self.change("postal_code", padded, reason)
                return
        why = "l’INSEE ne permet pas de le réparer" if where else "aucun département INSEE"
        self.change("postal_code", "", f"code postal de {len(code)} caractères, {why} : vide")

    def _served(self) -> None:
        values = self.values
        codes = [code.zfill(5) for code in re.findall(r"[0-9]{4,5}", values["served_postal_codes"])]
        values["served_postal_codes"] = " ".join(codes)
        kept: list[str] = []
        for code in re.findall(r"[0-9]+[AB]?", values["served_departments"].upper()):
            # Corsica is « 20 » in the export: only the INSEE department tells which half.
            code = values["department"] if code == "20" else code.zfill(2)
            if department(code) is not None:
                kept.append(code)
        if kept != values["served_departments"].split():
            self.change("served_departments", " ".join(kept), "code de département remis en forme")

    def _contact(self) -> None:
        values = self.values
        if values["email"] and not EMAIL.fullmatch(values["email"]):
            self.change("email", "", "adresse e-mail inutilisable")
        if values["website"] and not WEBSITE.fullmatch(values["website"]):
            self.change("website", "", "adresse de site inutilisable")
        compact = values["identifier"].replace(" ", "")
        if compact != values["identifier"] and fold(values["identifier_kind"]) in _COMPACT_KINDS:
            self.change("identifier", compact, "espaces enlevés")


def _agree(insee: str, of_postal_code: str) -> bool:
    # « Cedex » codes of Corsica do not follow the cut of its towns: INSEE alone tells.
    return insee == of_postal_code or {insee, of_postal_code} == {"2A", "2B"}
