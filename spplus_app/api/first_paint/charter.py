"""The first paint of the charter: the ledger of moderation, as it was last counted."""

from __future__ import annotations

import htpy as h
from sqlalchemy.orm import Session

from ...services import ledger
from ...services.views import LedgerView
from .paint import Ask, Paint
from .programme import figure_list


def charter(session: Session, _ask: Ask) -> Paint:
    """The ledger; the charter itself stands in the built page."""
    return Paint(canonical="/moderation", body=_ledger(ledger.shown(session)))


def _ledger(view: LedgerView) -> h.Element:
    if view.nothing:
        return h.p[view.nothing]
    return h.div(class_="stack")[
        (
            h.section(class_="stack--tight")[
                h.h3[part.title],
                h.p[part.about] if part.about else None,
                figure_list(part.figures) if part.figures else None,
            ]
            for part in view.parts
        ),
        h.p(class_="fr-hint-text")[
            "Chiffres de ce site seulement, calculés le ",
            h.time(datetime=view.iso)[view.computed],
            ".",
        ],
    ]
