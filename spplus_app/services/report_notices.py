"""What the authors of a reported text are told: that it was, what becomes of it, never by whom."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from ..domain.dates import french_date
from ..domain.documents.stages import Stage
from ..domain.experiences import Status
from ..domain.replies import AnswerStatus, ReplyStatus
from ..domain.reports import CaseStatus, Kind
from ..persistence import reports
from ..persistence.tables import DocumentRow, ExperienceRow, ReportCaseRow
from . import clock
from .views import NoticeView

_WORDS: dict[str, tuple[str, str, str]] = {
    "hidden": (
        "est signalé{e}, et masqué{e} le temps d’une vérification",
        "Une personne va {le} relire. Sa décision s’affichera ici. "
        "Nous ne disons pas qui l’a signalé{e}.",
        "warning",
    ),
    "shown": (
        "est signalé{e}",
        "{il} reste publié{e}. Une personne va {le} relire. Nous ne disons pas qui l’a signalé{e}.",
        "info",
    ),
    "kept": (
        "a été signalé{e}",
        "La modération l’a relu{e}, et l’a gardé{e}. {il} est publié{e}.",
        "info",
    ),
    "removed": (
        "est retiré{e}",
        "La modération l’a relu{e}, et l’a retiré{e}. Voici pourquoi.",
        "warning",
    ),
}
"""State of a case → what follows the name of the text, what is said of it, the kind of alert."""
_TEXT = {"e": "", "il": "Il", "le": "le"}
_REPLY = {"e": "e", "il": "Elle", "le": "la"}


def settle(session: Session, row: ExperienceRow) -> None:
    """Close the cases of an experience that is no longer public: refused, or taken back.

    Those of its replies and answers close with it: nobody reads them any more.
    """
    now = clock.now()
    if row.status == Status.REFUSED:
        reports.settle(session, Kind.EXPERIENCE, row.id, CaseStatus.REMOVED.value, now)
    reports.close(session, row.id, now)


def reopen(session: Session, row: ExperienceRow) -> None:
    """Have the replies and answers that were hidden and never judged wait again.

    To be called when an experience is public again: what it took along still needs a decision.
    """
    reports.reopen(session, row.id, clock.now())


def of_author(session: Session, row: ExperienceRow) -> list[NoticeView]:
    """Return what the author of an experience is told of it and of their answers."""
    found = []
    cases = reports.of_experience(session, row.id)
    public = row.status == Status.PUBLISHED
    answers = reports.answers(session, [c.subject_id for c in cases if c.kind == Kind.ANSWER])
    for case in cases:
        if case.kind == Kind.EXPERIENCE and case.status != CaseStatus.REMOVED:
            found += _notice(case, "Votre texte", published=public)
        elif case.kind == Kind.ANSWER and case.subject_id in answers:
            answer = answers[case.subject_id]
            published = public and answer.status == AnswerStatus.PUBLISHED
            what = f"Votre réponse du {french_date(answer.created_at)}"
            found += _notice(case, what, published=published)
    return found


def of_document(session: Session, row: DocumentRow) -> list[NoticeView]:
    """Return what the depositor of a published document is told of its reports.

    Where it is hidden or taken off, where it stands says it.
    """
    case = reports.case(session, Kind.DOCUMENT, row.id)
    if case is None or row.stage != Stage.PUBLISHED:
        return []
    return _notice(case, "Votre document", published=True)


def of_structures(
    session: Session, experience_id: int, structure_ids: Collection[int]
) -> list[NoticeView]:
    """Return what the agents of these structures are told of their replies to an experience."""
    found = []
    cases = [one for one in reports.of_experience(session, experience_id) if one.kind == Kind.REPLY]
    replies = reports.replies(session, [case.subject_id for case in cases])
    for case in cases:
        reply, structure = replies.get(case.subject_id, (None, None))
        if reply is None or structure is None or structure.id not in structure_ids:
            continue
        title = f"La réponse de {structure.label} du {french_date(reply.published_at)}"
        text = [part for part in reply.text.split("\n\n") if part.strip()]
        published = reply.status == ReplyStatus.PUBLISHED
        shown = text if case.hidden or case.status == CaseStatus.REMOVED else []
        found += _notice(case, title, published=published, text=shown)
    return found


def _notice(
    case: ReportCaseRow, what: str, *, published: bool, text: list[str] | None = None
) -> list[NoticeView]:
    """Say what becomes of a text; nothing of a case that closed by itself.

    ``published``: whether the text is, which alone lets say that it was kept. Nor of one that
    nobody's report opened, unless the text was removed.
    """
    unreported = not case.reports and case.status != CaseStatus.REMOVED
    unkept = case.status == CaseStatus.KEPT and not published
    if case.status == CaseStatus.CLOSED or unkept or unreported:
        return []
    waiting = "hidden" if case.hidden else "shown"
    state = waiting if case.status == CaseStatus.OPEN else case.status
    verb, said, kind = _WORDS[state]
    form = _TEXT if case.kind in {Kind.EXPERIENCE, Kind.DOCUMENT} else _REPLY
    words = [part for part in case.message.split("\n\n") if part]
    title = f"{what} {verb.format(**form)}"
    return [NoticeView(title, said.format(**form), words, text or [], kind)]
