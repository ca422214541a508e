"""The text of an experience: judged the same way and kept the same way whoever changes it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..domain.experiences import PSEUDONYM_MAX, bounded_line, title_and_narrative
from ..domain.text import slug
from ..persistence.tables import ExperienceRow, VersionRow
from . import clock, second_looks


@dataclass(frozen=True, slots=True)
class Words:
    """What everyone reads of an experience: its title, its narrative, how it is signed."""

    title: str
    narrative: str
    pseudonym: str


def words_of(row: ExperienceRow) -> Words:
    """Return the text as it reads now."""
    return Words(row.title, row.narrative, row.pseudonym)


def fields_of(row: ExperienceRow) -> dict[str, str]:
    """Return the text as it reads now, as the fields of a form."""
    return {"title": row.title, "narrative": row.narrative, "pseudonym": row.pseudonym}


def accepted(errors: dict[str, str], typed: dict[str, str]) -> Words:
    """Return a text as accepted; note in ``errors`` what is wrong."""
    title, narrative = title_and_narrative(
        errors, typed.get("title", ""), typed.get("narrative", "")
    )
    pseudonym = bounded_line(errors, "pseudonym", typed.get("pseudonym", ""), PSEUDONYM_MAX)
    return Words(title, narrative, pseudonym)


def change(session: Session, row: ExperienceRow, words: Words) -> VersionRow:
    """Give the experience another text, and keep it as a version after those before.

    A machine looks at it again: what asked for a second look may be gone, or new.
    """
    row.title, row.narrative, row.pseudonym = words.title, words.narrative, words.pseudonym
    row.slug = slug(words.title)
    row.version += 1
    row.updated_at = clock.now()
    second_looks.look(session, row)
    return keep(session, row)


def keep(session: Session, row: ExperienceRow) -> VersionRow:
    """Write the text as it reads now as a version; the first is the original, never changed."""
    version = VersionRow(
        experience_id=row.id,
        number=row.version,
        title=row.title,
        narrative=row.narrative,
        pseudonym=row.pseudonym,
        created_at=row.updated_at,
    )
    session.add(version)
    return version
