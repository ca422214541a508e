"""The official export of experiences, row by row: what is repaired, what is refused.

A row is first a set of official columns, each repaired (`Row`), then a record made of what the
house holds of them (`official.record_of`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from . import geography
from .cut_records import Cut, rejoin
from .experience_columns import NEEDED, SLOTS, TAGS, columns_of
from .experiences import NARRATIVE_MAX, PSEUDONYM_MAX, TITLE_MAX
from .fixes import FIX_NAMES, Fix
from .imports import Reading, RefusedRow, Repair, Unusable
from .official import ExperienceRecord, count_in, country_code, record_of, values_in
from .official_dates import official_date, parsed_date
from .text import excerpt, is_blank
from .text_repair import repair_line, repair_text
from .values import Channel, PostedAs, ReplyRating, Ressenti

REPLY_TEXT_MAX = 20_000
"""Longest reply kept: beyond, the row is not a row."""
SOURCE_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")

_TEXTS = ("description", *(f"reponse_structure_{slot}" for slot in SLOTS))
_DATES = ("ecrit_le", "date_de_publication", "date_action_engagee", "date_action_realisee")
_COUNTS = (
    "experiences_similaires",
    *(
        f"evaluation_{kind}_reponse_structure_{slot}_par_visiteurs"
        for kind in ("utile", "inutile")
        for slot in SLOTS
    ),
)
_LISTS = ("tags_metiers", *(f"canaux_typologie_{slot}" for slot in SLOTS))
_POSTAL = tuple(f"code_postal_typologie_{slot}" for slot in SLOTS)
_CODES = {"code_insee_departement_usager": 2, "code_insee_region_usager": 2}
_FLOAT = re.compile(r"([0-9]+)[.,]0*")


@dataclass(frozen=True, slots=True)
class ReadExperience:
    """A row that was read: its record, all its official columns repaired, and the repairs."""

    record: ExperienceRecord
    columns: dict[str, str]
    repaired: tuple[str, ...] = ()


def read(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    today: date,
    decoded: Fix | None = None,
) -> Reading[ReadExperience]:
    """Return every row turned into a record, or refused with its number and reason.

    Nothing is dated after ``today``. ``decoded`` names what the bytes of the file needed.
    """
    columns = columns_of(headings)
    reading: Reading[ReadExperience] = Reading()
    if decoded is not None:
        reading.repaired.append(Repair(1, "fichier", "", "", FIX_NAMES[decoded]))
    for heading, name in zip(headings, columns, strict=True):
        if not name and heading.strip():
            told = "colonne inconnue, pas lue"
            reading.doubts.append(Repair(1, "colonne", clean_label(heading), "", told))
    for cut in rejoin(rows, len(columns)):
        if not any(cell.strip() for cell in cut.cells):
            continue
        reading.total += 1
        try:
            _read_row(reading, cut, columns, today)
        except Unusable as problem:
            reading.refused.append(RefusedRow(cut.row, str(problem)))
    return reading


def clean_label(text: str) -> str:
    """Return a heading as a report may show it."""
    return "".join(char for char in text if char.isprintable()).strip(' "\ufeff')


def _read_row(reading: Reading[ReadExperience], cut: Cut, columns: list[str], today: date) -> None:
    if len(cut.cells) != len(columns):
        raise Unusable(f"{len(cut.cells)} colonnes au lieu de {len(columns)}")
    row = Row(cut.row, {name: cell for name, cell in zip(columns, cut.cells, strict=True) if name})
    if cut.rows > 1:
        row.tell("ligne", "", "", Fix.CUT_RECORD)
    if cut.glued:
        row.tell("ligne", "", "", Fix.CUT_CELL)
    found = row.read(today)
    code = found.record.source_id
    if code in reading.records:
        raise Unusable(f"l’expérience {code} est déjà à la ligne {reading.rows[code]}")
    reading.records[code] = found
    reading.rows[code] = cut.row
    reading.repaired += row.repaired
    reading.doubts += row.doubts


class Row:
    """One row on its way in: `read` repairs its columns and says what it changed."""

    def __init__(self, number: int, raw: Mapping[str, str]) -> None:
        self.number = number
        self.raw = raw
        self.columns: dict[str, str] = {}
        self.repaired: list[Repair] = []
        self.doubts: list[Repair] = []
        self.fixes: set[Fix] = set()

    def tell(self, column: str, before: str, after: str, *fixes: Fix) -> None:
        """Note what was repaired in a column."""
        for fix in fixes:
            self.fixes.add(fix)
            self.repaired.append(Repair(self.number, column, before, after, FIX_NAMES[fix]))

    def doubt(self, column: str, reason: str) -> None:
        """Note a value kept apart, as it is."""
        value = self.columns.get(column, "")
        self.doubts.append(Repair(self.number, column, value, value, reason))

    def read(self, today: date) -> ReadExperience:
        """Return what was read; raise `Unusable` when the row cannot be repaired."""
        for column, raw in self.raw.items():
            self.columns[column] = self._repaired(column, raw)
        for column in NEEDED:
            if is_blank(self.columns[column]) and column != "titre":
                raise Unusable(f"{column} : vide")
        self._bounds()
        self._values()
        record = record_of(self.columns)
        if record.published_at.date() > today or record.written_at.date() > today:
            raise Unusable("datée d’un jour à venir")
        if not self.columns["titre"]:
            self.tell("titre", "", record.title, Fix.TITLE)
        return ReadExperience(record, self.columns, tuple(sorted(self.fixes)))

    def _repaired(self, column: str, raw: str) -> str:
        after, fixes = (repair_text if column in _TEXTS else repair_line)(raw)
        self.tell(column, raw, after, *fixes)
        if column in _LISTS:
            return self._list(column, after)
        if column in _DATES:
            return self._date(column, after)
        number = _FLOAT.fullmatch(after)
        if number and (column in _COUNTS or column in _POSTAL or column in _CODES):
            self.tell(column, after, number[1], Fix.NUMBER)
            after = number[1]
        if column in _POSTAL or column in _CODES:
            return self._padded(column, after)
        return after

    def _list(self, column: str, text: str) -> str:
        # « Téléphone, Accueil » and « Téléphone,Accueil » say the same; no value holds « , ».
        kept = ",".join(filter(None, (part.strip() for part in text.split(","))))
        if kept != text:
            self.tell(column, text, kept, Fix.SPACES)
        return kept

    def _date(self, column: str, text: str) -> str:
        moment = parsed_date(text)
        if moment is None:
            if text and column in {"ecrit_le", "date_de_publication"}:
                raise Unusable(f"{column} : « {text[:40]} » n’est pas une date")
            return text
        after = official_date(moment)
        if after != text:
            self.tell(column, text, after, Fix.DATE)
        return after

    def _padded(self, column: str, text: str) -> str:
        width = _CODES.get(column, 5)
        if not (text.isascii() and text.isdigit()) or len(text) != width - 1:
            return text
        padded = text.zfill(width)
        known = geography.department_of_postal_code(padded) if width == 5 else True
        if column == "code_insee_departement_usager":
            known = geography.department(padded)
        if not known:
            return text
        self.tell(column, text, padded, Fix.LEADING_ZERO)
        return padded

    def _bounds(self) -> None:
        if not SOURCE_ID.fullmatch(self.columns["id_experience"]):
            raise Unusable("id_experience : lettres, chiffres et tirets seulement")
        if len(self.columns["description"]) > NARRATIVE_MAX:
            raise Unusable(f"description : plus de {NARRATIVE_MAX} caractères")
        for slot in SLOTS:
            if len(self.columns.get(f"reponse_structure_{slot}", "")) > REPLY_TEXT_MAX:
                raise Unusable(f"reponse_structure_{slot} : plus de {REPLY_TEXT_MAX} caractères")
        if len(self.columns["titre"]) > TITLE_MAX:
            before = self.columns["titre"]
            self.columns["titre"] = excerpt(before, TITLE_MAX - 1)
            self.tell("titre", before, self.columns["titre"], Fix.LENGTH)

    def _values(self) -> None:
        columns = self.columns
        if columns["ressenti_usager"] not in set(Ressenti):
            raise Unusable(f"ressenti_usager : « {columns['ressenti_usager'][:40]} » inconnu")
        allowed: list[tuple[str, frozenset[str]]] = [
            ("poste_comme", frozenset(PostedAs)),
            *((name, frozenset(Ressenti)) for name in TAGS),
            *(
                (f"evaluation_reponse_structure_{n}_par_auteur", frozenset(ReplyRating))
                for n in SLOTS
            ),
        ]
        for column, values in allowed:
            if columns.get(column, "") and columns[column] not in values:
                self.doubt(column, "valeur inconnue, gardée à part")
        for slot in SLOTS:
            unknown = set(values_in(columns.get(f"canaux_typologie_{slot}", ""))) - set(Channel)
            if unknown:
                self.doubt(f"canaux_typologie_{slot}", "canal inconnu, gardé à part")
        for column in _COUNTS:
            told = columns.get(column, "")
            if told and told != str(count_in(told)):
                self.doubt(column, "nombre illisible, gardé à part")
        if len(columns.get("pseudonyme_usager", "")) > PSEUDONYM_MAX:
            self.doubt("pseudonyme_usager", "pseudonyme trop long, gardé à part")
        if columns.get("pays") and not country_code(columns["pays"]):
            self.doubt("pays", "pays inconnu, gardé à part")
