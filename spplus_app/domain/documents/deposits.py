"""What somebody says of a hard document as they send it; every field judged in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spplus_app.domain.experiences import bounded_line, bounded_text, raise_if

from .sizes import BYTES_MAX, PHOTOS_MAX
from .values import TITLE_MAX, WORD_MAX, Kind, Problem

PART_BYTES_MAX = 1024 * 1024
"""Largest part of a file sent at once, in bytes: what a cut connection loses at most."""
UPLOADS_MAX = 2 * PHOTOS_MAX
"""Most files on their way for one form: some are taken out again."""
PROBLEM_FIELDS: dict[Problem, str] = {problem: f"problem-{problem.value}" for problem in Problem}
"""The box of each problem in the form."""
DESCRIBED_MAX = 4000
"""Longest description of a document that is not sent, in characters (starting value)."""


@dataclass(frozen=True, slots=True)
class Deposit:
    """What was said of a document; every field already accepted."""

    kind: Kind
    problems: tuple[Problem, ...]
    hard: str
    wished: str
    form: str
    described: str


def deposit(typed: Mapping[str, str], *, files: int) -> Deposit:
    """Return a deposit from what somebody sent, with so many ``files``; raise `Invalid`.

    A document comes as files, or as what tells which one it is: a form's number or name, a
    description.
    """
    errors: dict[str, str] = {}
    kind = typed.get("kind", "")
    if kind not in set(Kind):
        errors["kind"] = "Dites si c’est un courrier, un courriel ou un formulaire."
    problems = tuple(one for one in Problem if typed.get(PROBLEM_FIELDS[one]))
    hard = bounded_text(errors, "hard", typed.get("hard", ""), WORD_MAX)
    wished = bounded_text(errors, "wished", typed.get("wished", ""), WORD_MAX)
    form = bounded_line(errors, "form", typed.get("form", ""), TITLE_MAX)
    described = bounded_text(errors, "described", typed.get("described", ""), DESCRIBED_MAX)
    if not problems and not hard and "hard" not in errors:
        errors["problems"] = "Cochez ce qui est difficile, ou dites-le avec vos mots."
    if not files and not (form or described) and not {"form", "described"} & set(errors):
        errors["document"] = (
            "Envoyez le document, collez son texte, ou dites lequel c’est : son nom, son numéro, "
            "ou ce qu’il raconte."
        )
    raise_if(errors)
    return Deposit(Kind(kind), problems, hard, wished, form, described)


TOO_LARGE = (
    f"Ce fichier dépasse {BYTES_MAX // 2**20}\u00a0Mo. Envoyez seulement les pages difficiles à "
    "comprendre."
)
