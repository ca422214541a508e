"""The first paint of the programme: its commitments, the figures of the site."""

from __future__ import annotations

from collections.abc import Iterable

import htpy as h
from sqlalchemy.orm import Session

from ...services import commitments, figures
from ...services.views import CommitmentsView, FiguresView, FigureView
from .paint import Ask, Paint


def programme(session: Session, _ask: Ask) -> Paint:
    """The commitments that hold today, then the figures."""
    return Paint(
        canonical="/programme",
        body=_commitments(commitments.current(session)),
        more=(figures_of(session),),
    )


def figures_of(session: Session) -> h.Renderable:
    """The figures last counted; see `components.programme.figures`."""
    return _figures(figures.shown(session))


def _commitments(view: CommitmentsView) -> h.Element:
    sources = " ; ".join(view.sources)
    return h.div(class_="stack")[
        h.div(class_="stack--tight")[
            (
                h.section(class_="panel stack--tight")[
                    h.h3[family.name],
                    h.ol(class_="commitments")[
                        (h.li(value=one.number)[one.wording] for one in family.commitments)
                    ],
                ]
                for family in view.families
            )
        ],
        (h.p[sentence] for sentence in view.unknown),
        h.p(class_="fr-hint-text")[view.since, " Source : ", sources, "."],
    ]


def _figures(view: FiguresView) -> h.Element:
    if view.nothing:
        return h.p[view.nothing]
    return h.div(class_="stack")[
        figure_list(view.figures),
        h.p(class_="fr-hint-text")[
            "Chiffres de ce site seulement, calculés le ",
            h.time(datetime=view.iso)[view.computed],
            ".",
        ],
    ]


def figure_list(figures: Iterable[FigureView]) -> h.Element:
    """Figures with what they are made of; see `components.programme.figure`."""
    few = "figures__value figures__value--few"
    return h.dl(class_="figures")[
        (
            h.div[
                h.dt[one.label],
                h.dd(class_="figures__value" if one.told else few)[one.value],
                h.dd(class_="figures__note")[one.note],
            ]
            for one in figures
        )
    ]
