"""The first paint of the register of treatments; see `components.register`."""

from __future__ import annotations

import htpy as h
from sqlalchemy.orm import Session

from ...components import words
from ...services import register
from ...services.register import KeptView, TreatmentView
from .paint import Ask, Paint


def privacy(session: Session, _ask: Ask) -> Paint:
    """What is kept, why, how long, and what was last deleted."""
    rows = register.shown(session)
    return Paint(
        canonical="/donnees-personnelles",
        body=h.div(class_="stack")[(_treatment(one) for one in rows)],
    )


def _treatment(one: TreatmentView) -> h.Element:
    return h.section(class_="panel stack--tight", id=f"registre-{one.code}")[
        h.h3[one.name],
        h.dl(class_="facts")[
            (h.div[h.dt[fact.name], h.dd[fact.text]] for fact in one.facts),
            h.div[h.dt[words.HOW_LONG], (_kept(kept) for kept in one.kept)],
        ],
    ]


def _kept(kept: KeptView) -> h.Element:
    return h.dd[
        h.span(class_="strong")[kept.words],
        h.span(class_="fr-hint-text")[
            words.LAST_DELETED,
            [h.time(datetime=kept.iso)[kept.date], ", "] if kept.iso else None,
            kept.deleted,
        ]
        if kept.deleted
        else None,
    ]
