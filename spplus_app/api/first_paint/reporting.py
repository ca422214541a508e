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
    PAGE,
    REASON_HINTS,
    REASON_NAMES,
    WORDS_MAX,
    Kind,
)
from ...services import limits, report_drafts, report_queue
from ...services.drafts import REFUSAL, TICKET
from ...services.views import AnswerView, ExperienceView, ReplyView, ReportedView
from ...states.base import number
from . import pieces
from .fields import Form, trap
from .paint import Ask, Paint

ACTION = "/api/signalements"
_OPTIONS = [ui.Option(code.value, name, REASON_HINTS[code]) for code, name in REASON_NAMES.items()]
_TRAIL = (("Expériences", words.LIST),)


def link(kind: Kind, ident: int, name: str) -> h.Element:
    """The link under a published text; see `components.reporting.link`."""
    return h.p(class_="fr-hint-text no-print")[
        h.a(href=f"{PAGE}/{ADDRESSES[kind]}-{ident}", rel="nofollow")[
            words.REPORT, h.span(class_="fr-sr-only")[f"{pieces.NBSP}: {name}"]
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


def form(session: Session, ask: Ask) -> Paint:
    """The form, that it was sent, or that there is nothing to report."""
    word, _, ident = ask.last.partition("-")
    sent = ask.query.get("envoye") == "oui"
    try:
        view = report_queue.asked(session, word, number(ident))
        kept = report_drafts.find(session, ask.viewer, BY_ADDRESS[word], view.id)
        body = _form(view, ask, kept, sent=sent)
    except NotFound:
        if sent:  # hidden by this very report
            return _paint(h.div(class_="measure stack")[_title(), pieces.said(words.REPORT_SENT)])
        return _paint(pieces.absent(*words.REPORT_GONE), 404)
    return _paint(body, secret=True)


def _paint(body: h.Renderable, status: int = 200, *, secret: bool = False) -> Paint:
    return Paint(
        status=status,
        secret=secret,
        title=words.REPORT_TITLE,
        description=words.REPORT_LEAD,
        body=body,
        crumbs=_TRAIL,
        here=words.REPORT_TITLE,
        robots="noindex",
    )


def _title() -> h.Element:
    return pieces.title(words.REPORT_TITLE)


def _form(view: ReportedView, ask: Ask, kept: dict[str, str], *, sent: bool) -> h.Element:
    back = h.p[h.a(href=view.back)[words.REPORT_BACK]]
    if sent:
        return h.div(class_="measure stack")[_title(), pieces.said(words.REPORT_SENT), back]
    wrong = ask.query.get("erreur", "")
    errors = {wrong: words.REPORT_PROBLEMS[wrong]} if wrong in words.REPORT_PROBLEMS else {}
    made = Form(kept, errors)
    later, ticket = kept.get(REFUSAL, ""), kept.get(TICKET, "")
    label, hint = words.REPORT_WORDS
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
        h.form(action=ACTION, method="post", class_="form-column stack")[
            h.input(type="hidden", name="texte", value=view.kind),
            h.input(type="hidden", name="numero", value=str(view.id)),
            h.input(type="hidden", name=STAMP, value=limits.stamp()),
            h.input(type="hidden", name=PROOF, value=ticket) if ticket else None,
            trap(),
            made.radios("raison", words.REPORT_ASKED, _OPTIONS),
            made.text("mots", label, hint, rows="4", optional=True, maxlength=str(WORDS_MAX)),
            h.button(type="submit", class_="fr-btn")[h.span[words.REPORT_SEND]],
        ],
        back,
    ]
