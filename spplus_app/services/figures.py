"""The figures of the site: counted by the worker, kept with their date, shown with their n.

`measure` reads every experience: a reading transaction, so that nobody waits for it. `keep` writes
four rows. A page only calls `shown`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ..domain.dates import french_date, french_days, french_moment, iso_date
from ..domain.figures import CASES_MIN, PERIOD, Figure, FigureName, rank
from ..persistence import figures
from . import clock, record
from .views import FiguresView, FigureView

NOTHING = "Rien à compter pour le moment : aucune expérience n’est publiée."
NOT_COUNTED = "Les chiffres ne sont pas encore calculés. Ils le sont toutes les heures."
TOO_FEW = "Trop peu de cas"


def measure(session: Session) -> list[Figure]:
    """Count everything now."""
    now = clock.now()
    since = now - PERIOD
    published, replied = figures.published(session)
    delays = figures.delays(session, since, now)
    n = sum(delays.values())
    return [
        Figure(FigureName.PUBLISHED, published, published, None, now),
        Figure(FigureName.REPLIED, published, replied, None, now),
        Figure(FigureName.DELAY_MEDIAN, n, rank(delays, 50), since, now),
        Figure(FigureName.DELAY_P90, n, rank(delays, 90), since, now),
    ]


def keep(session: Session, found: list[Figure]) -> None:
    """Keep the figures in the place of the former ones, and tell the pages that show them."""
    figures.replace(session, found)
    record.changed(session, record.PROGRAMME)


def counted(session: Session) -> bool:
    """Whether the figures were ever counted."""
    return bool(figures.kept(session))


def shown(session: Session) -> FiguresView:
    """Return the figures in words, or why there is none."""
    kept = figures.kept(session)
    if set(kept) != set(FigureName):
        return FiguresView(nothing=NOT_COUNTED)
    published = kept[FigureName.PUBLISHED]
    computed, iso = french_moment(published.computed_at), iso_date(published.computed_at)
    if not published.value:
        return FiguresView(computed=computed, iso=iso, nothing=NOTHING)
    return FiguresView(
        figures=[
            _published(published),
            _replied(kept[FigureName.REPLIED]),
            _delay("La moitié des réponses arrivent en", kept[FigureName.DELAY_MEDIAN]),
            _delay("Neuf réponses sur dix arrivent en", kept[FigureName.DELAY_P90]),
        ],
        computed=computed,
        iso=iso,
    )


def number(value: int) -> str:
    """Return a number as French writes it: « 12 480 », with narrow no-break spaces."""
    return f"{value:,}".replace(",", "\u202f")


def _plural(value: int) -> str:
    return "s" if value > 1 else ""


def _published(figure: Figure) -> FigureView:
    count = figure.value or 0
    return FigureView(
        f"Expérience{_plural(count)} publiée{_plural(count)}",
        number(count),
        "Depuis l’ouverture de ce site.",
    )


def _replied(figure: Figure) -> FigureView:
    count = figure.value or 0
    label = "Avec une réponse du service"
    note = f"Sur {number(figure.n)} expérience{_plural(figure.n)} publiée{_plural(figure.n)}"
    if not figure.enough:
        return FigureView(label, number(count), f"{note} : trop peu pour une part en pour cent.")
    # Rounded down, as for any promise: 99,9 % is not all.
    share = count * 100 // figure.n
    return FigureView(label, number(count), f"{note}, soit {share} %.")


def _delay(label: str, figure: Figure) -> FigureView:
    assert figure.since is not None
    period = _period(figure.since, figure.computed_at)
    if not figure.enough or figure.value is None:
        few = f"{number(figure.n)} réponse{_plural(figure.n)} {period}, moins de {CASES_MIN}."
        return FigureView(label, TOO_FEW, few.capitalize(), told=False)
    days = figure.value
    value = f"{french_days(days)} ou moins" if days else french_days(days)
    return FigureView(label, value, f"Mesuré sur {number(figure.n)} réponses {period}.")


def _period(since: datetime, until: datetime) -> str:
    return f"du {french_date(since)} au {french_date(until)}"
