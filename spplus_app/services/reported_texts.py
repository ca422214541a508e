"""The text that an address or a case names, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from ..domain.errors import NotFound
from ..domain.reports import BY_ADDRESS, Kind
from ..persistence.experiences import known_id
from .reported import document_texts, experience_texts
from .reported.text import GONE, Reported

KINDS: dict[Kind, type[Reported]] = {
    one.kind: one for one in (*experience_texts.KINDS, *document_texts.KINDS)
}


def kind_of(word: str) -> Kind:
    """Return the kind that an address or an event names; raise `NotFound` for another word."""
    found = BY_ADDRESS.get(word) or next((kind for kind in Kind if kind == word), None)
    if found is None:
        raise NotFound(GONE)
    return found


def find(session: Session, kind: Kind, number: int, *, hold: bool = False) -> Reported:
    """Return a text, held with what it belongs to until the end of the gesture where asked.

    Raises `NotFound` for a text that does not exist.
    """
    text = KINDS[kind].several(session, [number]).get(number) if known_id(number) else None
    if text is None:
        raise NotFound(GONE)
    if hold:
        text.hold(session)
    return text


def several(session: Session, named: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Reported]:
    """Return the texts of these kinds and ids, those of a kind read together."""
    numbers: dict[str, list[int]] = {}
    for kind, number in named:
        numbers.setdefault(kind, []).append(number)
    return {
        (kind, number): text
        for kind, some in numbers.items()
        for number, text in KINDS[Kind(kind)].several(session, some).items()
    }
