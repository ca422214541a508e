"""The map of France services: where they stand and when they are open, by their number.

The referential knows these structures (« Matricule »): this file says what it does not. Source:
the map of France services (ANCT), GeoJSON, one feature a structure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from . import opening_hours
from .communes import Position
from .imports import BrokenFile, RefusedRow, Unusable
from .opening_hours import DAYS
from .structure_details import NOTE_MAX, PHONE_MAX, Details
from .text import ForbiddenCharacter, clean_line

IDENTIFIER_KIND = "Matricule"
_UNKNOWN = "horaires non communiqués"


@dataclass(slots=True)
class FranceServices:
    """Details by number, and the features left out."""

    details: dict[str, Details] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)
    total: int = 0


def read(document: Any) -> FranceServices:
    """Return the details of every feature of a parsed GeoJSON; raise `BrokenFile` for no map."""
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise BrokenFile("Ce fichier n’est pas une carte GeoJSON : il manque « features ».")
    found = FranceServices(total=len(features))
    for number, feature in enumerate(features, start=1):
        try:
            key, details = _feature(feature)
            if key in found.details:
                raise Unusable(f"le matricule {key} est présent deux fois")
            found.details[key] = details
        except (Unusable, ForbiddenCharacter) as problem:
            reason = str(problem) if isinstance(problem, Unusable) else "caractères de contrôle"
            found.refused.append(RefusedRow(number, reason))
    return found


def _feature(feature: Any) -> tuple[str, Details]:
    told = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(told, dict) or not str(told.get("MATRICULE") or "").isdigit():
        raise Unusable("matricule absent")
    texts = [_text(told, f"h_{day}") for day in DAYS]
    note = _text(told, "Commentaire.horaires")
    try:
        hours = opening_hours.of_days(texts).kept
    except ValueError:
        # « Sur rendez-vous », « 1er samedi du mois »: kept in its words, for people to read.
        hours, note = "", _in_words(texts, note)
    return str(told["MATRICULE"]), Details(
        phone=_text(told, "TELEPHONE")[:PHONE_MAX],
        at=_position(told),
        hours=hours,
        hours_note=note[:NOTE_MAX],
    )


def _in_words(texts: list[str], note: str) -> str:
    if any(text.casefold() == _UNKNOWN for text in texts):
        return note
    days = [f"{day} {text}" for day, text in zip(DAYS, texts, strict=True) if text not in {"", "-"}]
    return ". ".join(filter(None, ("\u00a0; ".join(days), note)))


def _position(told: Mapping[str, Any]) -> Position | None:
    latitude, longitude = told.get("LATITUDE"), told.get("LONGITUDE")
    if not isinstance(latitude, (int, float)) or not isinstance(longitude, (int, float)):
        return None
    if not isfinite(latitude) or not isfinite(longitude) or not latitude or abs(latitude) > 90:
        return None
    return Position(float(latitude), float(longitude)) if abs(longitude) <= 180 else None


def _text(told: Mapping[str, Any], name: str) -> str:
    return clean_line(str(told.get(name) or ""))
