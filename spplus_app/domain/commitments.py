"""The programme's commitments: versioned rows, and which version holds on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .errors import Conflict, Invalid
from .text import clean_line

WORDING_MAX = 400
SUBJECT_MAX = 120
SOURCE_MAX = 400
NUMBER_MAX = 99


class Family(StrEnum):
    """The three families, in the programme's order."""

    CLOSER = "Plus proche"
    MORE_EFFECTIVE = "Plus efficace"
    SIMPLER = "Plus simple"


_ORDINALS = (
    *("premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième"),
    *("huitième", "neuvième", "dixième", "onzième", "douzième"),
)


def ordinal(number: int) -> str:
    """Return the rank in words: « huitième »; in figures past twelve."""
    return _ORDINALS[number - 1] if 1 <= number <= len(_ORDINALS) else f"{number}ᵉ"


@dataclass(frozen=True, slots=True)
class Commitment:
    """One version of a commitment; ``wording`` is empty where only the ``subject`` is known.

    The subject has its article: « l’éco-responsabilité ».

    It holds from ``valid_from`` to ``valid_until``, both included; ``None`` means until now.
    """

    number: int
    version: int
    family: Family
    wording: str
    subject: str
    valid_from: date
    valid_until: date | None
    source: str

    def holds(self, day: date) -> bool:
        """Whether this version holds on ``day``."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Revision:
    """What a new version of a commitment says."""

    number: int
    family: Family
    wording: str
    subject: str
    valid_from: date
    source: str


def holding(commitments: Iterable[Commitment], day: date) -> list[Commitment]:
    """Return the one version of each commitment that holds on ``day``, by number.

    Where two overlap, the newest version is the one that counts.
    """
    found: dict[int, Commitment] = {}
    for one in commitments:
        known = found.get(one.number)
        if one.holds(day) and (known is None or known.version < one.version):
            found[one.number] = one
    return [found[number] for number in sorted(found)]


def checked(revision: Revision) -> Revision:
    """Return the revision with clean texts; raise `Invalid` with what is missing or too long."""
    wording, subject = clean_line(revision.wording), clean_line(revision.subject)
    source = clean_line(revision.source)
    errors: dict[str, str] = {}
    if not 1 <= revision.number <= NUMBER_MAX:
        errors["number"] = f"Le numéro va de 1 à {NUMBER_MAX}."
    if not wording and not subject:
        errors["wording"] = "Donnez la formulation ou, si elle n’est pas connue, le sujet."
    if not source:
        errors["source"] = "Dites d’où vient cette formulation."
    for name, text, longest in (
        ("wording", wording, WORDING_MAX),
        ("subject", subject, SUBJECT_MAX),
        ("source", source, SOURCE_MAX),
    ):
        if len(text) > longest:
            errors[name] = f"Ce texte dépasse {longest} caractères."
    if errors:
        raise Invalid(errors)
    return Revision(revision.number, revision.family, wording, subject, revision.valid_from, source)


def following(known: Iterable[Commitment], revision: Revision) -> tuple[Commitment, date | None]:
    """Return the next version, and the last day of the one before (``None``: there is none).

    Raises `Conflict` when the new one would begin before or with the last: history is not
    written again.
    """
    last = max(known, key=lambda one: one.version, default=None)
    if last is not None and revision.valid_from <= last.valid_from:
        raise Conflict("Une version de cet engagement commence le même jour ou plus tard.")
    made = Commitment(
        number=revision.number,
        version=last.version + 1 if last else 1,
        family=revision.family,
        wording=revision.wording,
        subject=revision.subject,
        valid_from=revision.valid_from,
        valid_until=None,
        source=revision.source,
    )
    if last is None or (last.valid_until and last.valid_until < revision.valid_from):
        return made, None
    return made, revision.valid_from - timedelta(days=1)
