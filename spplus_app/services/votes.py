"""What visitors say, once each: « j’ai vécu une expérience similaire », a reply is useful."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from ..domain.abuse import NOTHING, Gesture, Given
from ..domain.errors import Invalid, NotFound, Refused
from ..domain.experiences import Status
from ..domain.roles import Right, Viewer
from ..domain.values import ReplyRating
from ..persistence import experiences, links, votes
from ..persistence.tables import ExperienceRow
from . import clock, limits, record
from .views import ExperienceView


def seen_by(session: Session, viewer: Viewer, view: ExperienceView) -> ExperienceView:
    """Return an experience with what this viewer said of it and of its replies."""
    if not viewer.visitor:
        return view
    said = votes.on_replies(session, viewer.visitor, [reply.id for reply in view.replies])
    return replace(
        view,
        felt_similar=votes.said_similar(session, viewer.visitor, view.id),
        mine=links.binding(session, viewer.visitor, view.id) is not None,
        replies=[
            replace(reply, my_vote=_word(said[reply.id])) if reply.id in said else reply
            for reply in view.replies
        ],
    )


def _word(useful: bool) -> str:
    return (ReplyRating.USEFUL if useful else ReplyRating.NOT_USEFUL).value


def similar(
    session: Session,
    viewer: Viewer,
    experience_id: int,
    *,
    lived: bool = True,
    given: Given = NOTHING,
) -> int:
    """Say that one lived the same, or take it back; twice changes nothing.

    Returns how many lived the same. Raises `NotFound`, `Refused` to the author and to the
    agents of the structures met, `TooMany` or `ProofAsked`.
    """
    _counted(session, viewer, Gesture.SIMILAR, f"experience:{experience_id}", given)
    row = _open_to(session, viewer, experience_id)
    if lived:
        moved = votes.add_similar(session, viewer.visitor, row.id, clock.now())
    else:
        moved = votes.remove_similar(session, viewer.visitor, row.id)
    if moved:
        record.changed(session, record.experience_topic(row.id))
    session.refresh(row, ["similar"])
    return row.similar


def rate_reply(
    session: Session, viewer: Viewer, reply_id: int, rating: str, given: Given = NOTHING
) -> int:
    """Say whether a reply is useful; a visitor may change their mind, and counts once.

    Returns the id of the experience. Raises `Invalid`, `NotFound`, or `Refused` as `similar`.
    """
    if rating not in set(ReplyRating):
        raise Invalid({"rating": "Choisissez « utile » ou « pas utile »."})
    _counted(session, viewer, Gesture.VOTE, f"reply:{reply_id}", given)
    reply = experiences.reply(session, reply_id)
    if reply is None:
        raise NotFound("Cette réponse n’est plus publiée.")
    row = _open_to(session, viewer, reply.experience_id)
    useful = rating == ReplyRating.USEFUL
    if votes.set_on_reply(session, viewer.visitor, reply.id, useful, clock.now()):
        record.changed(session, record.experience_topic(row.id))
    return row.id


def _counted(
    session: Session, viewer: Viewer, gesture: Gesture, subject: str, given: Given
) -> None:
    # The cookie is lent with this refusal: it comes before all others.
    if not viewer.visitor:
        raise Refused("Votre navigateur refuse le cookie qui permet de ne compter qu’une fois.")
    limits.allow(session, gesture, viewer, [subject], given)


def _open_to(session: Session, viewer: Viewer, experience_id: int) -> ExperienceRow:
    """Return a published experience held until the end of the gesture, to who may say a word."""
    row = experiences.locked(session, experience_id)
    if row is None or row.status != Status.PUBLISHED:
        raise NotFound("Cette expérience n’existe pas, ou n’est plus publiée.")
    if links.binding(session, viewer.visitor, row.id) is not None:
        raise Refused("Vous suivez cette expérience : votre avis se donne depuis votre suivi.")
    for item in experiences.met(session, [row.id]).get(row.id, []):
        if viewer.grants and viewer.may(Right.REPLY, item.structure.path):
            raise Refused(
                "Vous êtes connecté comme agent de ce service : votre avis ne compte pas."
            )
    return row
