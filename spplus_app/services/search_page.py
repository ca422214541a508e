"""What stands around the results of a search: filters in use, numbers in words, networks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from ..domain import geography
from ..domain.dates import french_day
from ..domain.search import COUNT_MAX, Search, Sort
from ..domain.search_index import RESSENTI_CODES, TAG_CODES
from ..domain.text import french_number
from ..domain.values import CHANNEL_FIELDS
from ..persistence import structures
from . import search

LIST = "/experiences"


@dataclass(frozen=True, slots=True)
class ChosenView:
    """A filter in use: what it says, and the address of the same search without it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order that results may come in."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class OptionView:
    """A value that a filter proposes."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class NumbersView:
    """What was counted, in words; ``values`` maps ``name=value`` to a number, as it is written."""

    told: str = ""
    note: str = ""
    values: dict[str, str] = field(default_factory=dict)


def chosen(session: Session, asked: Search) -> list[ChosenView]:
    """Return the filters in use, each with the way to take it off."""
    return [
        ChosenView(label, LIST + asked.without(name).query())
        for name, label in labels(session, asked).items()
    ]


def labels(session: Session, asked: Search) -> dict[str, str]:
    """Return the words of each filter in use, by name."""
    return {name: _label(session, name, value) for name, value in asked.filters.items()}


def _label(session: Session, name: str, value: str) -> str:
    if name == "service":
        row = structures.by_code(session, value)
        return row.label if row else "Service inconnu"
    if name == "reseau":
        return structures.network_name(session, int(value)) or "Réseau inconnu"
    if name in {"du", "au"}:
        return (
            f"{'Depuis le' if name == 'du' else 'Jusqu’au'} {french_day(date.fromisoformat(value))}"
        )
    if name == "reponse":
        return "Avec réponse" if value == "avec" else "Sans réponse"
    if name == "departement":
        department = geography.department(value)
        return f"{department.name} ({department.code})" if department else value
    return LABELS[name].get(value, value)


def orders(asked: Search) -> list[OrderView]:
    """Return the orders to choose from; none without words, where there is only one."""
    if not asked.words:
        return []
    return [
        OrderView(label, LIST + replace(asked, tri=sort.value).query(), asked.sort is sort)
        for sort, label in _ORDERS.items()
    ]


def networks(session: Session) -> list[OptionView]:
    """Return the networks that have structures in use, in the order of their names."""
    return [OptionView(str(key), name) for key, name in structures.networks(session)]


def total(session: Session, asked: Search) -> NumbersView:
    """Count what matches only, and say it in words."""
    return _said(search.total(session, asked))


def numbers(session: Session, asked: Search) -> NumbersView:
    """Count what matches and what each filter would leave, and say it in words."""
    return _said(search.counts(session, asked))


def _said(found: search.Counts) -> NumbersView:
    values = {
        f"{name}={value}": french_number(times)
        for name, group in found.values.items()
        for value, times in group.items()
    }
    most = french_number(COUNT_MAX)
    if found.more:
        note = f"Les nombres à côté des filtres portent sur les {most} plus récentes."
        return NumbersView(f"Plus de {most} expériences", note, values)
    if found.total == 0:
        return NumbersView("Aucune expérience", "", values)
    plural = "s" if found.total > 1 else ""
    return NumbersView(f"{french_number(found.total)} expérience{plural}", "", values)


_ORDERS: dict[Sort, str] = {
    Sort.DATE: "Les plus récentes",
    Sort.RELEVANCE: "Les plus proches de vos mots",
}
LABELS: dict[str, dict[str, str]] = {
    "region": {one.code: one.name for one in geography.regions()},
    "ressenti": {code: felt.value for felt, code in RESSENTI_CODES.items()},
    "canal": {code: channel.value for channel, code in CHANNEL_FIELDS.items()},
    "theme": {code: tag.value for tag, code in TAG_CODES.items()},
}
"""The words of each value of the filters that do not depend on the database."""
