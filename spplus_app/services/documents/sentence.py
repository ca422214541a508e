"""One sentence at a time: what a reader made of it, and what a plain form says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy.orm import Session

from ...domain.documents.annotations import Annotation, Why, mark
from ...domain.documents.selectors import PASSAGE_MAX, select
from ...domain.errors import Invalid, NotFound
from ...domain.roles import Viewer
from . import marks, texts
from .marks import MarkView


@dataclass(frozen=True, slots=True)
class OwnSentence:
    """What one reader made of a sentence, and how many marks they have on the document.

    ``held`` are those that moderation holds or took off.
    """

    mark: MarkView | None
    marks: int
    held: int


def own(session: Session, viewer: Viewer, document_id: int, sentence: int) -> OwnSentence:
    """Return what this browser made of a sentence (from 0)."""
    start, end, _ = _place(session, document_id, sentence)
    mine = marks.own(session, viewer, document_id)
    here = next((one for one in mine if (one.start, one.end) == (start, end)), None)
    return OwnSentence(here, len(mine), sum(bool(one.told) for one in mine))


def said(
    session: Session, viewer: Viewer, document_id: int, sentence: int, fields: Mapping[str, str]
) -> int:
    """Keep what a form says of a sentence (from 0); return the sentence to go on with.

    « geste » is « garder » (then the next one) or « effacer » (the same one). Raises `Invalid` by
    field, `NotFound` for a sentence that is not there.
    """
    start, end, count = _place(session, document_id, sentence)
    known = own(session, viewer, document_id, sentence).mark
    if fields.get("geste") == "effacer":
        if known is not None:
            marks.remove(session, viewer, document_id, known.uuid)
        return sentence
    if fields.get("geste") != "garder":
        raise Invalid({"mark": "Ce formulaire est incomplet. Rechargez la page."})
    version, _ = texts.text_of(session, texts.published(session, document_id))
    made = mark(
        fields.get("ton", ""),
        [why.value for why in Why if f"motif-{why.value}" in fields],
        fields.get("compris", ""),
        fields.get("ecrirais", ""),
    )
    uuid = known.uuid if known is not None else str(uuid4())
    given = Annotation(select(version.text, start, end), made)
    marks.put(session, viewer, document_id, uuid, given)
    return min(sentence + 1, count - 1)


def _place(session: Session, document_id: int, sentence: int) -> tuple[int, int, int]:
    """Return where a sentence stands, without the spaces at its edges, and how many there are."""
    version, text = texts.text_of(session, texts.published(session, document_id))
    if not 0 <= sentence < len(text.sentences):
        raise NotFound("Cette phrase n’est pas dans le document.")
    one = text.sentences[sentence]
    place = select(version.text, one.start, min(one.end, one.start + PASSAGE_MAX)).position
    return place.start, place.end, len(text.sentences)
