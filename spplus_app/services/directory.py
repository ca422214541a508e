"""The directory of structures as people read it: a page of a search, the nearest, how far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ..domain import geography
from ..domain.communes import Position
from ..domain.directory import Directory, Listed
from ..domain.directory_search import PAGE, PAGES_MAX, DirectorySearch
from ..domain.nearby import Found
from ..domain.opening_hours import parsed
from ..domain.text import french_number, slug
from ..persistence import structures
from . import clock, record
from .remade import Remade

LIST = "/structures"
_NONE = "Aucune structure"


@dataclass(frozen=True, slots=True)
class ListedView:
    """A structure in a list; ``far`` says how far it is, ``about`` that it is its town's place."""

    code: str = ""
    href: str = ""
    label: str = ""
    kind: str = ""
    place: str = ""
    far: str = ""
    about: bool = False
    opened: str = ""
    joined: bool = True


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """A page of a search: what was found, in words and by filter, and the pages around."""

    cards: list[ListedView] = field(default_factory=list)
    told: str = ""
    near: str = ""
    unknown: bool = False
    numbers: dict[str, str] = field(default_factory=dict)
    page: int = 1
    pages: int = 1


def _made(session: Session) -> Directory:
    return Directory(structures.for_directory(session))


_directory = Remade(record.STRUCTURES, _made)


def directory(session: Session) -> Directory:
    """Return the directory of this session's database, as of the last committed change."""
    return _directory.of(session)


def look(session: Session, asked: DirectorySearch, here: Position | None = None) -> DirectoryView:
    """Return a page of the directory; the nearest first where a town, or ``here``, is given.

    ``here`` is a browser's position: it is used and forgotten, never written anywhere. A town
    that nobody knows (``unknown``) orders nothing.
    """
    every, near = directory(session), asked.near
    at = here or (near.at if near else None)
    found = _found(every, asked, at)
    pages = max(1, min(PAGES_MAX, -(-len(found) // PAGE)))
    page = min(asked.page, pages)
    shown = found[(page - 1) * PAGE : page * PAGE]
    return DirectoryView(
        cards=[_card(one, at) for one in shown],
        told=_told(len(found)),
        near="votre position" if here else near.name if near else "",
        unknown=bool(asked.pres) and near is None,
        numbers=_numbers(found),
        page=page,
        pages=pages,
    )


def _found(every: Directory, asked: DirectorySearch, at: Position | None) -> list[Listed]:
    if at is None:
        return every.find(asked.q, asked.filters)
    if not asked.q.strip():
        near = every.near(at, asked.filters, PAGE * PAGES_MAX)
        return [one.item for one in near]
    named = [Found(at.km_to(one.at), one) for one in every.find(asked.q, asked.filters) if one.at]
    named.sort(key=lambda one: one.km)
    return [one.item for one in named]


def _told(number: int) -> str:
    if not number:
        return _NONE
    return f"{french_number(number)} structure{'s' if number > 1 else ''}"


def _numbers(found: list[Listed]) -> dict[str, str]:
    """Return how many of those found are in each network and department, as a filter shows it."""
    networks = Counter(one.network_id for one in found)
    departments = Counter(one.structure.department for one in found if one.structure.department)
    told = {f"reseau={one}": number for one, number in networks.items()}
    told |= {f"departement={code}": number for code, number in departments.items()}
    return {name: french_number(number) for name, number in told.items()}


def href(code: str, label: str) -> str:
    """Return the address of the page of a structure."""
    return f"{LIST}/{code}/{slug(label) or 'structure'}"


def _card(one: Listed, at: Position | None) -> ListedView:
    structure = one.structure
    return ListedView(
        code=structure.code,
        href=href(structure.code, structure.label),
        label=structure.label,
        kind=structure.typology,
        place=structure.place,
        far=how_far(at.km_to(one.at)) if at and one.at else "",
        about=one.at is not None and not one.exact,
        opened=open_words(one.hours, structure.department),
        joined=one.joined,
    )


def how_far(km: float) -> str:
    """Return a distance as the crow flies in words, no finer than what is known of places."""
    if km < 1:
        return "à moins de 1\u00a0km"
    return f"à {french_number(round(km))}\u00a0km environ"


def open_words(hours: str, department: str) -> str:
    """Return whether a structure is open now, on the clocks of its department; « » if unknown."""
    told = parsed(hours).at(clock.now(), geography.clocks_of(department)) if hours else None
    if told is None:
        return ""
    if told.now:
        return f"Ouvert maintenant, jusqu’à {told.until}"
    return f"Fermé maintenant, ouvre {told.until}"
