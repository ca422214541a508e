"""The first paint of what becomes of a document: where it stands, its private link."""

from __future__ import annotations

import htpy as h
from sqlalchemy.orm import Session

from ...components import document_words as words
from ...components import helping
from ...components.words import DOCUMENT_TRAIL
from ...domain.documents.stages import Stage
from ...domain.errors import NotFound
from ...services.documents import distress, following
from ...states.base import number
from . import document_rights, pieces, reporting
from .paint import NOTHING_TRIED, Ask, Paint

_TRAIL = (DOCUMENT_TRAIL, (words.TITLE, "/documents/signaler"))


def sent(session: Session, ask: Ask) -> Paint:
    """Where it stands, and its receipt for a day."""
    try:
        view = following.follow(session, ask.viewer, number(ask.last))
    except NotFound:
        return _paint(pieces.absent(*words.NOT_HERE), 404)
    numbers = distress.sent(session, ask.viewer, view.id)
    receipt = following.receipt(session, ask.viewer, view.id) if view.receipt else None
    return _paint(
        h.div(class_="form-column stack stack--loose")[
            pieces.title(words.TITLES.get(Stage(view.stage), words.OWN)),
            h.div(role="status")[_stands(view)],
            (reporting.notice(one) for one in view.notices),
            h.div[helping.helped(numbers)] if numbers else None,
            _receipt(receipt) if receipt else None,
            document_rights.rights(
                view.id, view.proof, withdrawable=view.withdrawable, tried=NOTHING_TRIED
            )
            if view.proof
            else None,
        ]
    )


def _paint(body: h.Renderable, status: int = 200) -> Paint:
    return Paint(
        status=status,
        title=words.SENT,
        body=body,
        crumbs=_TRAIL,
        here="Mon document",
        robots="noindex",
        secret=True,
    )


def _stands(view: following.SentView) -> h.Element:
    stage = Stage(view.stage)
    kind, means, on = words.STATES[stage]
    return pieces.alert(
        kind,
        view.stage_name,
        h.p(class_="prose")[view.told] if view.told else None,
        h.p[means],
        h.noscript[h.p["Rechargez cette page dans un instant pour voir la suite."]]
        if stage is Stage.READING
        else None,
        h.p[pieces.link_button(on, view.href)] if on else None,
    )


def _receipt(found: dict[str, str]) -> h.Element:
    return h.section(class_="stack")[
        h.h2[words.KEEP[0]],
        h.p(id="lien-aide")[words.KEEP[1]],
        h.p[h.a(href=found["path"], aria_describedby="lien-aide")[found["link"]]],
        h.figure(class_="receipt__code")[
            h.img(
                src=found["qr"],
                alt="Code QR de votre lien privé",
                width="168",
                height="168",
            ),
            h.figcaption(class_="fr-hint-text")["Ou photographiez ce code avec votre téléphone."],
        ],
        h.p[words.ONLY_LINK],
    ]
