"""The register of treatments as everyone reads it, with what each deletion did last."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ..domain.dates import french_date, french_days, french_length, iso_date
from ..domain.text import french_number
from ..domain.treatments import TREATMENTS, Kept, Treatment
from ..persistence import deletions
from ..persistence.tables import DeletionRow
from ..settings import settings

CONNECTIONS = "connections"
NEVER = "Aucun passage encore"


@dataclass(frozen=True, slots=True)
class KeptView:
    """How long, in words, and what was last deleted; ``iso`` is empty where nothing was yet."""

    words: str
    deleted: str = ""
    date: str = ""
    iso: str = ""


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact of a treatment and its name."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class TreatmentView:
    """One treatment of the register."""

    code: str
    name: str
    facts: list[FactView] = field(default_factory=list)
    kept: list[KeptView] = field(default_factory=list)


def shown(session: Session) -> list[TreatmentView]:
    """Return the register, and what was last deleted of each kind of data."""
    done = deletions.by_code(session)
    return [_view(one, done) for one in TREATMENTS]


def _view(one: Treatment, done: dict[str, DeletionRow]) -> TreatmentView:
    facts = [
        FactView("À quoi cela sert", one.purpose),
        FactView("Ce qui est gardé", one.data),
        FactView("De qui", one.people),
        FactView("Sur quelle base", one.basis),
        FactView("Qui le voit", one.recipients),
    ]
    return TreatmentView(
        one.code, one.name, facts, [_kept(one.code, kept, done) for kept in one.kept]
    )


def _kept(code: str, kept: Kept, done: dict[str, DeletionRow]) -> KeptView:
    words = _connections() if code == CONNECTIONS else kept.words
    if kept.length is not None:
        words = f"{french_length(kept.length)} {words}" if words else french_length(kept.length)
        words = words.replace(" ensuite,", "\u00a0; ensuite,")
    if kept.job is None:
        return KeptView(words)
    last = done.get(kept.deletion)
    if last is None:
        return KeptView(words, NEVER)
    count = f"{french_number(last.last)}, et {french_number(last.total)} en tout"
    return KeptView(words, count, french_date(last.at), iso_date(last.at))


def _connections() -> str:
    days = settings().connection_log_days
    return f"Activé\u00a0: {french_days(days)}" if days else "Non activé sur ce site"
