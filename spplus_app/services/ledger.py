"""The public ledger of moderation: counted by the worker, shown with its date and its n."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ..domain.dates import french_date, french_moment, iso_date
from ..domain.figures import CASES_MIN, PERIOD, rank
from ..domain.ledger import SMALL, Count, Line, apart, hours_in_words, reason_name
from ..domain.moderation import ReasonKind
from ..domain.reports import CaseStatus
from ..persistence import ledger, reasons
from . import clock, record
from .figures import TOO_FEW, number
from .views import FigureView, LedgerPart, LedgerView

NOT_COUNTED = "Rien n’est encore compté. Les chiffres sont calculés toutes les heures."
NOTHING = "Rien à compter pour le moment\u00a0: aucun texte n’a encore été relu."
_KINDS: dict[ReasonKind, tuple[str, str]] = {
    ReasonKind.CORRECT: ("Correction demandée", "L’auteur corrige son texte et le renvoie."),
    ReasonKind.REFUSE: ("Texte refusé", "Il n’a pas sa place sur ce site."),
    ReasonKind.REDIRECT: ("Orienté ailleurs", "L’auteur lit à qui s’adresser."),
}

_RARE = "Motifs comptés ensemble"
_WHY_TOGETHER = (
    f"Un motif donné moins de {SMALL}\u00a0fois n’est pas compté à part\u00a0: un petit nombre "
    "peut faire reconnaître quelqu’un."
)


def measure(session: Session) -> list[Line]:
    """Count everything now: a reading transaction, so that nobody waits for it."""
    since = clock.now() - PERIOD
    read = ledger.experiences_decided(session, "publish", "refuse", "uphold")
    given = ledger.refusals(session)
    hours = ledger.hours(session, since)
    stopped, n = sum(given.values()), sum(hours.values())
    by_reason: dict[str, int] = {}
    for code, count in given.items():
        name = reason_name(code)
        by_reason[name] = by_reason.get(name, 0) + count
    return [
        Line(Count.READ, read, read),
        Line(Count.PUBLISHED, read, ledger.experiences_decided(session, "publish", "uphold")),
        Line(Count.STOPPED, read, stopped),
        Line(Count.DELAY_MEDIAN, n, rank(hours, 50), since),
        Line(Count.DELAY_P90, n, rank(hours, 90), since),
        *[Line(name, stopped, count) for name, count in by_reason.items()],
        *_reports(session),
        *_appeals(session),
    ]


def _reports(session: Session) -> list[Line]:
    cases = ledger.cases(session)
    total = sum(cases.values())
    return [
        Line(Count.REPORTS, total, ledger.reports(session)),
        Line(Count.REPORTED, total, total),
        Line(Count.KEPT, total, cases.get(CaseStatus.KEPT, 0)),
        Line(Count.REMOVED, total, cases.get(CaseStatus.REMOVED, 0)),
    ]


def _appeals(session: Session) -> list[Line]:
    appeals = ledger.appeals(session)
    total = sum(appeals.values())
    return [
        Line(Count.APPEALS, total, total),
        Line(Count.UPHELD, total, appeals.get("upheld", 0)),
        Line(Count.REJECTED, total, appeals.get("rejected", 0)),
    ]


def keep(session: Session, lines: list[Line]) -> None:
    """Keep the ledger in the place of the former one, and tell the page that shows it."""
    ledger.replace(session, lines, clock.now())
    record.changed(session, record.PROGRAMME)


def shown(session: Session) -> LedgerView:
    """Return the ledger in words, or why there is none."""
    lines, at = ledger.kept(session)
    if at is None or not set(Count) <= set(lines):
        return LedgerView(nothing=NOT_COUNTED)
    computed, iso = french_moment(at), iso_date(at)
    if not any(lines[name].value for name in (Count.READ, Count.REPORTED, Count.APPEALS)):
        return LedgerView(nothing=NOTHING, computed=computed, iso=iso)
    parts = [
        LedgerPart("Les textes relus", _texts(lines)),
        LedgerPart("Le délai de relecture", _delays(lines, at)),
        *_reasons(session, lines),
        _reported(lines),
        _appealed(lines),
    ]
    return LedgerView(parts, computed, iso)


def _value(lines: dict[str, Line], name: str) -> int:
    return lines[name].value or 0


def _plural(count: int) -> str:
    return "s" if count > 1 else ""


def _share(count: int, n: int, of: str) -> str:
    """Say out of how many, and which share where there are enough cases."""
    note = f"Sur {number(n)} {of}"
    if n < CASES_MIN:
        return f"{note}\u00a0: trop peu pour une part en pour cent."
    return f"{note}, soit {count * 100 // n}\u202f%."


def _texts(lines: dict[str, Line]) -> list[FigureView]:
    read, published = _value(lines, Count.READ), _value(lines, Count.PUBLISHED)
    stopped = _value(lines, Count.STOPPED)
    texts = f"expérience{_plural(read)} relue{_plural(read)}"
    return [
        FigureView(
            f"Expérience{_plural(read)} relue{_plural(read)}",
            number(read),
            "Par une personne, depuis l’ouverture de ce site.",
        ),
        FigureView(
            f"Publiée{_plural(published)}", number(published), _share(published, read, texts)
        ),
        FigureView(
            "Non publiées en l’état",
            number(stopped),
            "Décisions expliquées à leur auteur. Un texte peut en recevoir plusieurs.",
        ),
    ]


def _delays(lines: dict[str, Line], at: datetime) -> list[FigureView]:
    found = []
    for label, name in (
        ("La moitié des textes sont relus en", Count.DELAY_MEDIAN),
        ("Neuf textes sur dix sont relus en", Count.DELAY_P90),
    ):
        line = lines[name]
        assert line.since is not None
        period = f"du {french_date(line.since)} au {french_date(at)}"
        texts = f"{number(line.n)} texte{_plural(line.n)}"
        if line.n < CASES_MIN or line.value is None:
            few = f"{texts} {period}, moins de {CASES_MIN}.".capitalize()
            found.append(FigureView(label, TOO_FEW, few, told=False))
        else:
            note = f"Mesuré sur {texts} {period}, de l’envoi à la première décision."
            found.append(FigureView(label, hours_in_words(line.value), note))
    return found


def _reasons(session: Session, lines: dict[str, Line]) -> list[LedgerPart]:
    """The reasons that were given, by what they ask of the author, the most frequent first."""
    known = reasons.every(session)
    total = _value(lines, Count.STOPPED)
    counts = {name: _value(lines, name) for name in lines if name not in set(Count)}
    told, together = apart(counts)
    parts = []
    for kind, (title, about) in _KINDS.items():
        given = [
            (told[reason_name(one.code)], one.label)
            for one in known
            if one.kind == kind and reason_name(one.code) in told
        ]
        rows = [
            FigureView(label, number(count), _share(count, total, f"décision{_plural(total)}"))
            for count, label in sorted(given, key=lambda one: -one[0])
        ]
        if rows:
            parts.append(LedgerPart(title, rows, about))
    return [*parts, *_together(together, total)]


def _together(count: int, total: int) -> list[LedgerPart]:
    """The reasons too rare to be told one by one."""
    if not count:
        return []
    if count < SMALL:
        row = FigureView(_RARE, f"Moins de {SMALL}", "", told=False)
    else:
        row = FigureView(_RARE, number(count), _share(count, total, f"décision{_plural(total)}"))
    return [LedgerPart("Autres motifs", [row], _WHY_TOGETHER)]


def _reported(lines: dict[str, Line]) -> LedgerPart:
    title = "Les signalements"
    total, reports = _value(lines, Count.REPORTED), _value(lines, Count.REPORTS)
    texts = f"texte{_plural(total)} signalé{_plural(total)}"
    kept, removed = _value(lines, Count.KEPT), _value(lines, Count.REMOVED)
    if not total:
        return LedgerPart(title, about="Aucun texte n’a été signalé.")
    rows = [
        FigureView(
            f"Texte{_plural(total)} signalé{_plural(total)}",
            number(total),
            f"Par {number(reports)} signalement{_plural(reports)}. Expériences, réponses, "
            "documents et marques.",
        ),
        FigureView("Gardés", number(kept), _share(kept, total, texts)),
        FigureView("Retirés", number(removed), _share(removed, total, texts)),
    ]
    return LedgerPart(title, rows)


def _appealed(lines: dict[str, Line]) -> LedgerPart:
    title = "Les seconds avis demandés"
    total = _value(lines, Count.APPEALS)
    upheld, rejected = _value(lines, Count.UPHELD), _value(lines, Count.REJECTED)
    asked = f"second{_plural(total)} avis"
    if not total:
        return LedgerPart(title, about="Personne n’a demandé de second avis.")
    rows = [
        FigureView("Demandés", number(total), "Une autre personne relit la décision."),
        FigureView("L’auteur a raison", number(upheld), _share(upheld, total, asked)),
        FigureView("La décision reste", number(rejected), _share(rejected, total, asked)),
    ]
    return LedgerPart(title, rows)
