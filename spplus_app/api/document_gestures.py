"""The gestures of the page on which a document is masked: one field says which, one service does.

A gesture returns the sentence that is announced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..domain.documents.reading import Box
from ..domain.errors import Invalid
from ..domain.privacy import WORDS, Kind
from ..domain.roles import Viewer
from ..services.documents import claims, masking, moderation, typed_masks
from ..states.base import number

Fields = Mapping[str, str]
_INCOMPLETE = "Ce formulaire est incomplet. Rechargez la page, puis recommencez."
_SIDE = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,20})?(?:e-[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Done:
    """What a gesture did: what is said, and, where it leaves the page, the code the queue reads."""

    said: str
    code: str = ""

    @property
    def leaves(self) -> bool:
        """Whether there is nothing more to do on this page."""
        return bool(self.code)


Gesture = Callable[[Session, Viewer, int, Fields], Done]


def do(
    session: Session, viewer: Viewer, document_id: int, fields: Fields, *, moderates: bool
) -> Done:
    """Do what a form asks; moderation keeps the document it works on from the others.

    Raises `Invalid` for what no form of ours sends, and what the services raise.
    """
    name = fields.get("geste", "")
    gesture = _SHARED.get(name) or (_MODERATION if moderates else _DEPOSITOR).get(name)
    if gesture is None:
        raise Invalid({"form": _INCOMPLETE})
    if moderates:
        moderation.check(viewer)
        claims.renew(session, viewer, document_id)
    return gesture(session, viewer, document_id, fields)


def _remove(session: Session, viewer: Viewer, document_id: int, fields: Fields) -> Done:
    start, _, end = fields.get("masque", "").partition("-")
    masking.remove_mask(session, viewer, document_id, number(start), number(end))
    return Done("Ces mots ne sont plus masqués.")


def _mask(session: Session, viewer: Viewer, document_id: int, fields: Fields) -> Done:
    start, end = number(fields.get("debut", "")), number(fields.get("fin", ""))
    kind = fields.get("genre", "")
    masking.add_mask(session, viewer, document_id, start, end, kind)
    return Done(f"Ces mots deviennent {WORDS[Kind(kind)]}.")


def _words(session: Session, viewer: Viewer, document_id: int, fields: Fields) -> Done:
    kind = fields.get("genre", "")
    count = typed_masks.mask_words(session, viewer, document_id, fields.get("mots", ""), kind)
    where = "à un endroit" if count == 1 else f"à {count} endroits"
    return Done(f"Ces mots sont masqués {where}.")


def _box(fields: Fields) -> Box:
    sides = fields.get("boite", "").split(",")
    if len(sides) != 4 or not all(map(_SIDE.fullmatch, sides)):
        raise Invalid({"form": _INCOMPLETE})
    left, top, right, bottom = map(float, sides)
    return Box(left, top, right, bottom)


def _area(session: Session, viewer: Viewer, document_id: int, fields: Fields) -> Done:
    page = number(fields.get("page", ""))
    masking.add_area(session, viewer, document_id, page, _box(fields))
    return Done("Cette zone de l’image est cachée.")


def _uncover(session: Session, viewer: Viewer, document_id: int, fields: Fields) -> Done:
    page = number(fields.get("page", ""))
    masking.remove_area(session, viewer, document_id, page, _box(fields))
    return Done("Cette zone de l’image n’est plus cachée.")


def _check(session: Session, viewer: Viewer, document_id: int, fields: Fields) -> Done:
    page = number(fields.get("page", ""))
    masking.check_page(session, viewer, document_id, page)
    return Done(f"Page {page + 1} vérifiée.")


def _keep(session: Session, viewer: Viewer, document_id: int, fields: Fields) -> Done:
    masking.keep_words(session, viewer, document_id, fields.get("mots", ""), True)
    return Done("Ces mots seront lus par tout le monde.")


def _take(session: Session, viewer: Viewer, document_id: int, fields: Fields) -> Done:
    masking.keep_words(session, viewer, document_id, fields.get("mots", ""), False)
    return Done("Ces mots seront masqués.")


def _hand(session: Session, viewer: Viewer, document_id: int, _fields: Fields) -> Done:
    try:
        masking.hand_over(session, viewer, document_id)
    except Invalid as error:
        raise Invalid({"remettre": error.message}) from None
    return Done("Votre document est remis à la modération.")


def _publish(session: Session, viewer: Viewer, document_id: int, fields: Fields) -> Done:
    moderation.publish(session, viewer, document_id, number(fields.get("revision", "")))
    return Done("Le document est publié.", "publie")


def _give_back(session: Session, viewer: Viewer, document_id: int, fields: Fields) -> Done:
    try:
        moderation.give_back(session, viewer, document_id, fields.get("rendre", ""))
    except Invalid as error:
        raise Invalid({"rendre": error.message}) from None
    return Done("Le document est rendu à la personne qui l’a envoyé.", "rendu")


def _refuse(session: Session, viewer: Viewer, document_id: int, fields: Fields) -> Done:
    try:
        moderation.refuse(session, viewer, document_id, fields.get("refuser", ""))
    except Invalid as error:
        raise Invalid({"refuser": error.message}) from None
    return Done("Le document est refusé.", "refuse")


def _leave(session: Session, viewer: Viewer, document_id: int, _fields: Fields) -> Done:
    claims.release(session, viewer, document_id)
    return Done("Ce document est laissé à un autre.", "laisse")


_SHARED: dict[str, Gesture] = {
    "retirer": _remove,
    "masquer": _mask,
    "mots": _words,
    "zone": _area,
    "decouvrir": _uncover,
    "page": _check,
    "garder": _keep,
    "reprendre": _take,
}
_DEPOSITOR: dict[str, Gesture] = {"remettre": _hand}
_MODERATION: dict[str, Gesture] = {
    "publier": _publish,
    "rendre": _give_back,
    "refuser": _refuse,
    "laisser": _leave,
}
