"""The words that were masked: sealed when they come, with a key that no backup holds."""

from __future__ import annotations

import json
from dataclasses import asdict

from sqlalchemy.orm import Session

from ..adapters.sealing import WrongKey, seal, unseal
from ..domain.errors import NotFound
from ..persistence import originals
from ..persistence.tables import AnswerOriginalRow, AnswerRow, ExperienceRow, OriginalRow
from ..settings import settings
from . import clock, scrubbing
from .texts import Words


def keep(session: Session, row: ExperienceRow, typed: Words) -> None:
    """Seal the words of the version that the experience has now, as they were typed."""
    keep_version(session, row.id, row.version, typed)


def keep_version(session: Session, experience_id: int, number: int, words: Words) -> None:
    """Seal the words of a version; they are kept for as long as what is sealed today."""
    told = json.dumps(asdict(words), ensure_ascii=False)
    session.add(
        OriginalRow(
            experience_id=experience_id,
            number=number,
            sealed=seal(told, settings().originals_key),
            created_at=clock.now(),
        )
    )
    scrubbing.ask(session)  # what was typed stood in a draft


def keep_answer(session: Session, row: AnswerRow, typed: str) -> None:
    """Seal the words of an author's answer, as they were typed."""
    session.add(
        AnswerOriginalRow(
            answer_id=row.id,
            sealed=seal(typed, settings().originals_key),
            created_at=clock.now(),
        )
    )
    scrubbing.ask(session)


def unsealed(session: Session, experience_id: int) -> list[tuple[OriginalRow, Words]]:
    """Return the words of each version that had some masked; no right is decided here.

    Raises `NotFound` when nothing was masked, when its time is over, or when the key has changed.
    """
    rows = originals.of_experience(session, experience_id)
    if not rows:
        raise NotFound("Rien n’a été masqué dans ce texte, ou l’original est déjà effacé.")
    try:
        return [
            (row, Words(**json.loads(unseal(row.sealed, settings().originals_key)))) for row in rows
        ]
    except WrongKey:
        raise NotFound("L’original ne peut plus être lu : la clé du site a changé.") from None


def text_of(sealed: bytes) -> str:
    """Return the words of one answer as they were typed; empty when the key has changed."""
    try:
        return unseal(sealed, settings().originals_key)
    except WrongKey:
        return ""
