"""The first paint of the page that reports a text: a plain form, and what became of it."""

from __future__ import annotations

import htpy as h
from sqlalchemy.orm import Session

from ...components import ui, words
from ...domain.abuse import PROOF, STAMP
from ...domain.errors import NotFound
from ...domain.reports import (
    ADDRESSES,
    BY_ADDRESS,
    IN_DOCUMENT,
    PAGE,
    REASON_HINTS,
    REASON_NAMES,
    WORDS_MAX,
    Kind,
)
from ...domain.text import french_number
from ...services import limits, report_queue
from ...services.documents.view import DocumentView
from ...services.drafts import REFUSAL, TICKET
from ...services.views import AnswerView, ExperienceView, NoticeView, ReplyView, ReportedView
from ...states.base import number
from . import pieces
from .fields import trap
from .paint import Ask, Paint

_OPTIONS = [ui.Option(code.value, name, REASON_HINTS[code]) for code, name in REASON_NAMES.items()]


def link(kind: Kind, ident: int, name: str, label: str = words.REPORT) -> h.Element:
    """The link under a published text; see `components.reporting.link`."""
    return h.p(class_="fr-hint-text no-print")[
        h.a(href=f"{PAGE}/{ADDRESSES[kind]}-{ident}", rel="nofollow")[
            label, h.span(class_="fr-sr-only")[f"{pieces.NBSP}: {name}"]
        ]
    ]


def experience(view: ExperienceView) -> h.Element:
    """Report an experience."""
    name = words.REPORTED_EXPERIENCE + view.title + words.REPORTED_END
    return link(Kind.EXPERIENCE, view.id, name)


def reply(view: ReplyView) -> h.Element:
    """Report a reply."""
    return link(Kind.REPLY, view.id, f"{words.REPORTED_REPLY} {view.structure}, {view.date}")


def answer(view: AnswerView) -> h.Element:
    """Report an author's word back."""
    return link(Kind.ANSWER, view.id, f"{words.REPORTED_ANSWER} {view.date}")


def document(view: DocumentView) -> h.Element:
    """Report a document."""
    name = words.REPORTED_DOCUMENT + view.title + words.REPORTED_END
    return link(Kind.DOCUMENT, view.id, name, words.REPORT_THIS_DOCUMENT)


def notice(view: NoticeView) -> h.Element:
    """What becomes of a reported text, for who wrote it."""
    return pieces.alert(view.kind, view.title, h.p[view.text], (h.p[one] for one in view.message))


def form(session: Session, ask: Ask) -> Paint:
    """The form, that it was sent, or that there is nothing to report."""
    word, _, ident = ask.last.partition("-")
    sent, inside = ask.query.get("envoye") == "oui", BY_ADDRESS.get(word) in IN_DOCUMENT
    try:
        view = report_queue.asked(session, word, number(ident))
        body = _form(view, ask, sent=sent)
    except NotFound:
        if sent:  # hidden by this very report
            said = h.div(class_="measure stack")[_title(), pieces.said(words.REPORT_SENT)]
            return _paint(said, inside=inside)
        gone = words.REPORT_GONE_DOCUMENT if inside else words.REPORT_GONE
        return _paint(pieces.absent(*gone), 404, inside=inside)
    tried = ask.tried
    status = 422 if tried.errors else 429 if tried.value(REFUSAL) else 200
    # The stamp is this moment's: a page kept by a cache would hold another's.
    return _paint(body, status, secret=True, inside=inside)


def _paint(
    body: h.Renderable, status: int = 200, *, secret: bool = False, inside: bool = False
) -> Paint:
    return Paint(
        status=status,
        secret=secret,
        title=words.REPORT_TITLE,
        description=words.REPORT_LEAD,
        body=body,
        crumbs=(words.DOCUMENT_TRAIL if inside else words.REPORT_TRAIL,),
        here=words.REPORT_TITLE,
        robots="noindex",
    )


def _title() -> h.Element:
    return pieces.title(words.REPORT_TITLE)


def _form(view: ReportedView, ask: Ask, *, sent: bool) -> h.Element:
    way = words.REPORT_BACK_DOCUMENT if view.in_document else words.REPORT_BACK
    back = h.p[h.a(href=view.back)[way]]
    if sent:
        return h.div(class_="measure stack")[_title(), pieces.said(words.REPORT_SENT), back]
    made = ask.tried
    later, ticket = made.value(REFUSAL), made.value(TICKET)
    label, hint = words.REPORT_WORDS
    # A longer text is refused with what is too long in sight, and never cut in silence.
    bound = f"{french_number(WORDS_MAX)} caractères au plus."
    return h.div(class_="measure stack")[
        pieces.title(words.REPORT_TITLE, words.REPORT_LEAD),
        h.div(class_="panel stack--tight")[
            h.p[h.strong[view.kind_name]],
            h.p[view.title],
            h.p(class_="prose soft")[view.excerpt],
        ],
        h.p[words.REPORT_NEXT],
        pieces.alert("error", later, role="alert") if later else None,
        made.summary(),
        h.form(action=ask.path, method="post", class_="form-column stack")[
            h.input(type="hidden", name="texte", value=view.kind),
            h.input(type="hidden", name="numero", value=str(view.id)),
            h.input(type="hidden", name=STAMP, value=limits.stamp()),
            h.input(type="hidden", name=PROOF, value=ticket) if ticket else None,
            trap(),
            made.radios("raison", words.REPORT_ASKED, _OPTIONS),
            made.text("mots", label, f"{hint} {bound}", rows="4", optional=True),
            h.button(type="submit", class_="fr-btn")[h.span[words.REPORT_SEND]],
        ],
        back,
    ]
