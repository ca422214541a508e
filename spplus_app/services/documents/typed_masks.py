"""Words typed to be masked: everywhere they stand in a document, whole."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from ...domain.documents import stored
from ...domain.documents.masks import Mask, settled
from ...domain.errors import Invalid
from ...domain.privacy import Kind
from ...domain.privacy.choices import PIECE_MAX
from ...domain.privacy.masks import pattern
from ...domain.roles import Viewer
from ...domain.text import ForbiddenCharacter, clean_line
from .masking import keep_masks, to_change

_ABSENT = "Ces mots ne sont pas dans le document, ou pas entiers. Recopiez-les tels quels."


def mask_words(session: Session, viewer: Viewer, document_id: int, typed: str, kind: str) -> int:
    """Mask words wherever they stand, in any case; return in how many places.

    Raises `Invalid` for words that are not in the document, and what `masking.add_mask` raises.
    """
    if kind not in set(Kind):
        raise Invalid({"genre": "Choisissez ce qui remplacera ces mots."})
    try:
        piece = clean_line(typed)
    except ForbiddenCharacter:
        raise Invalid({"mots": _ABSENT}) from None
    if not piece:
        raise Invalid({"mots": "Recopiez ici les mots à masquer."})
    row, kept, document = to_change(session, viewer, document_id)
    found = [
        Mask(match.start(), match.end(), Kind(kind))
        for match in re.finditer(pattern(piece[:PIECE_MAX]), document.text, re.IGNORECASE)
    ]
    if not found:
        raise Invalid({"mots": _ABSENT})
    keep_masks(session, row, kept, settled(document, [*stored.masks_of(kept.masks), *found]))
    return len(found)
