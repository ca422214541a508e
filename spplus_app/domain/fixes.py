"""What an import repairs, each by its name."""

from __future__ import annotations

from enum import StrEnum


class Fix(StrEnum):
    """The name of a repair, as it is kept with what was repaired."""

    MOJIBAKE = "mojibake"
    CP1252 = "cp1252"
    ENTITIES = "entities"
    CONTROLS = "controls"
    LINES = "lines"
    CUT_RECORD = "cut_record"
    CUT_CELL = "cut_cell"
    SPACES = "spaces"
    NUMBER = "number"
    LEADING_ZERO = "leading_zero"
    DATE = "date"
    TITLE = "title"
    LENGTH = "length"


FIX_NAMES: dict[Fix, str] = {
    Fix.MOJIBAKE: "UTF-8 lu comme du latin-1 : lettres accentuées rendues",
    Fix.CP1252: "apostrophes et guillemets de Windows rendus",
    Fix.ENTITIES: "codes HTML (espace insécable…) remplacés par leur caractère",
    Fix.CONTROLS: "caractères de contrôle enlevés",
    Fix.LINES: "retours à la ligne perdus, rendus",
    Fix.CUT_RECORD: "ligne coupée par un retour à la ligne sans guillemets, recollée",
    Fix.CUT_CELL: "case coupée par le point-virgule d’un code HTML, recollée",
    Fix.SPACES: "espaces en trop enlevées",
    Fix.NUMBER: "nombre écrit avec une virgule, remis en entier",
    Fix.LEADING_ZERO: "zéro de tête rendu",
    Fix.DATE: "date remise en forme",
    Fix.TITLE: "titre vide : le début du texte en tient lieu",
    Fix.LENGTH: "texte trop long, coupé",
}
"""How a report names each repair."""
