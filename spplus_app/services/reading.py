"""Rows turned into what a screen shows; no right is decided here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from urllib.parse import quote, urlencode

from sqlalchemy.orm import Session

from ..domain import geography
from ..domain.dates import french_date, french_days, iso_date
from ..domain.experiences import Status
from ..domain.replies import AnswerStatus, ReplyStatus, days_to_reply
from ..domain.text import excerpt, french_number
from ..domain.values import GeneralTag
from ..persistence import experiences, structures
from ..persistence.experiences import Met
from ..persistence.tables import AnswerRow, ExperienceRow, ReplyRow, StructureRow
from ..settings import settings
from .views import (
    AnswerView,
    CardView,
    ExperienceView,
    ReplyView,
    ServiceView,
    TagView,
)

UNDATED = "Date de réponse non connue"
"""What is told of a reply imported from a source that does not date it."""
ANSWER_STATUS_NAMES: dict[AnswerStatus, str] = {
    AnswerStatus.PENDING: "En cours de relecture",
    AnswerStatus.PUBLISHED: "Publiée",
    AnswerStatus.REFUSED: "Refusée",
    AnswerStatus.WITHDRAWN: "Retirée",
    AnswerStatus.HIDDEN: "Signalée, masquée le temps d’une vérification",
}


def href(row: ExperienceRow) -> str:
    """The public address of an experience."""
    return f"/experiences/{row.id}-{row.slug}"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; a single line break stays within its paragraph."""
    return [part for part in text.split("\n\n") if part.strip()]


def place(row: ExperienceRow) -> str:
    """Where the author says they live: department or country, never closer."""
    if row.department:
        department = geography.department(row.department)
        return f"{department.name} ({department.code})" if department else ""
    country = geography.country(row.country) if row.country else None
    return country.name if country else ""


def tags(row: ExperienceRow) -> list[TagView]:
    """The general tags given, in the programme's order."""
    given = {str(name): str(value) for name, value in row.tags.items()}
    return [TagView(tag.value, given[tag.value]) for tag in GeneralTag if given.get(tag.value)]


def services(met: Sequence[Met], now: datetime, hidden: Collection[int] = ()) -> list[ServiceView]:
    """The structures met, with channels, ressentis and whether each replied.

    ``hidden`` are the structures a reply of which is hidden while a report is looked at.
    """
    return [
        ServiceView(
            code=item.structure.code,
            name=item.structure.label,
            place=structures.place(item.structure),
            channels=[TagView(str(pair[0]), str(pair[1])) for pair in item.link.channels],
            state=_service_state(item, now, hidden),
            replied=item.link.replied_at is not None,
        )
        for item in met
    ]


def _service_state(item: Met, now: datetime, hidden: Collection[int]) -> str:
    published, due, replied = item.link.published_at, item.link.due_at, item.link.replied_at
    if published is None or due is None:
        return ""
    if replied is not None:
        return f"A répondu{_took(days_to_reply(published, replied))}"
    if item.structure.id in hidden:
        return "Réponse masquée le temps d’une vérification"
    if now > due:
        return f"Réponse en retard : elle était attendue avant le {french_date(due)}"
    return f"Réponse attendue avant le {french_date(due)}"


def _took(days: int | None) -> str:
    """How long a reply took, to follow « répondu »; nothing when it is not known."""
    if days is None:
        return ""
    return " le jour même" if days == 0 else f" en {french_days(days)}"


def card(row: ExperienceRow, met: Sequence[Met], now: datetime) -> CardView:
    """One experience in a public list."""
    moment = row.published_at or row.created_at
    replied = any(item.link.replied_at for item in met)
    late = not replied and any(item.link.due_at and now > item.link.due_at for item in met)
    return CardView(
        id=row.id,
        href=href(row),
        title=row.title,
        excerpt=excerpt(row.narrative),
        ressenti=row.ressenti,
        services=service_names(met, outside=row.outside_structure),
        date=french_date(moment),
        iso=iso_date(moment),
        state=_card_state(met, replied=replied, late=late),
        similar=row.similar,
        late=late,
    )


def service_names(met: Sequence[Met], *, outside: bool) -> str:
    """The structures of an experience in one line."""
    names = ", ".join(item.structure.label for item in met)
    return names or ("Service non précisé" if outside else "")


def _card_state(met: Sequence[Met], *, replied: bool, late: bool) -> str:
    if replied:
        # The first reply is what the reader waited for.
        took = [
            days
            for item in met
            if item.link.published_at
            and item.link.replied_at
            and (days := days_to_reply(item.link.published_at, item.link.replied_at)) is not None
        ]
        return f"Répondu{_took(min(took, default=None))}"
    if not met:
        return ""
    return "Réponse en retard" if late else "En attente de réponse"


def reply_view(
    row: ReplyRow,
    structure: StructureRow,
    published_at: datetime | None,
    answers: Sequence[AnswerRow],
) -> ReplyView:
    """A reply with the author's words back that the reader may see."""
    dated = published_at is None or row.published_at != published_at
    took = _took(days_to_reply(published_at, row.published_at)) if published_at else ""
    return ReplyView(
        id=row.id,
        structure=structure.label,
        paragraphs=paragraphs(row.text),
        politeness=row.politeness,
        signature=row.signature,
        date=french_date(row.published_at) if dated else UNDATED,
        iso=iso_date(row.published_at) if dated else "",
        took=took.strip(),
        rating=row.rating,
        votes_told=_votes(row.useful, row.not_useful),
        answers=[answer_view(answer) for answer in answers if answer.reply_id == row.id],
    )


def _votes(useful: int, not_useful: int) -> str:
    """Say what visitors think of a reply, with how many they are; nothing where nobody said."""
    total = useful + not_useful
    if not total:
        return ""
    of = f"{french_number(total)} visiteur{'s' if total > 1 else ''}"
    verb = "ont donné leur avis" if total > 1 else "a donné son avis"
    return (
        f"{of} {verb}\u00a0: utile pour {french_number(useful)}, "
        f"pas utile pour {french_number(not_useful)}."
    )


def _similar(count: int) -> str:
    """Say how many lived the same; nothing where nobody said."""
    if not count:
        return ""
    if count == 1:
        return "1\u00a0personne dit avoir vécu une expérience similaire."
    return f"{french_number(count)}\u00a0personnes disent avoir vécu une expérience similaire."


def _masked(structure: str) -> str:
    return (
        f"Une réponse de {structure} a été signalée. Elle est masquée le temps d’une vérification."
    )


def _mail_href(row: ExperienceRow) -> str:
    """Return the address that opens a mail about an experience in one's own mail program."""
    fields = {"subject": row.title, "body": settings().public_url + href(row)}
    return f"mailto:?{urlencode(fields, quote_via=quote)}"


def answer_view(row: AnswerRow) -> AnswerView:
    """The author's word back."""
    status = AnswerStatus(row.status)
    return AnswerView(
        id=row.id,
        text=row.text,
        status=status.value,
        status_name=ANSWER_STATUS_NAMES[status],
        date=french_date(row.created_at),
        iso=iso_date(row.created_at),
    )


def experience_view(
    session: Session, row: ExperienceRow, now: datetime, *, every_answer: bool = False
) -> ExperienceView:
    """A whole experience; ``every_answer`` also shows the ones not (or not yet) published."""
    met = experiences.met(session, [row.id]).get(row.id, [])
    answers = [
        answer
        for answer in experiences.answers(session, row.id)
        if every_answer or answer.status == AnswerStatus.PUBLISHED
    ]
    told = experiences.replies(session, row.id)
    hidden = [place for reply, place in told if reply.status == ReplyStatus.HIDDEN]
    replies = [
        reply_view(reply, structure, row.published_at, answers)
        for reply, structure in told
        if reply.status == ReplyStatus.PUBLISHED
    ]
    moment = row.published_at or row.sent_at
    return ExperienceView(
        id=row.id,
        href=href(row) if row.status == Status.PUBLISHED else "",
        title=row.title,
        paragraphs=paragraphs(row.narrative),
        ressenti=row.ressenti,
        posted_as=row.posted_as,
        signature=row.pseudonym,
        place=place(row),
        tags=tags(row),
        services=services(met, now, [place.id for place in hidden]),
        outside=row.outside_structure,
        date=french_date(moment),
        iso=iso_date(moment),
        url=settings().public_url + href(row),
        mail_href=_mail_href(row),
        similar_told=_similar(row.similar),
        edited=any(version.by_moderation for version in experiences.versions(session, row.id)),
        replies=replies,
        hidden_replies=[_masked(place.label) for place in hidden],
    )
