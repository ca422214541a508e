"""A search of documents: read from an address, written in one, and what the index keeps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from spplus_app.domain.search import Condition, line
from spplus_app.domain.search_index import STRUCTURE, Document, facet
from spplus_app.domain.structures import CODE
from spplus_app.domain.terms import query_words, terms

from .values import Kind, Problem, Status

PROBLEM, STATUS, KIND = "p", "e", "k"
PROBLEM_CODES: dict[str, Problem] = {
    "dense": Problem.DENSE,
    "formulations": Problem.WORDING,
    "jargon": Problem.JARGON,
    "sans-motif": Problem.UNREASONED,
    "anxiogene": Problem.NEGATIVE,
    "sigles": Problem.ACRONYMS,
}
"""How an address names each problem."""
STATUS_CODES: dict[str, Status] = {
    "recu": Status.RECEIVED,
    "transmis": Status.SENT,
    "en-reecriture": Status.REWRITING,
    "teste": Status.TESTED,
    "remplace": Status.REPLACED,
}
KIND_CODES: dict[str, Kind] = {
    "courrier": Kind.LETTER,
    "courriel": Kind.EMAIL,
    "formulaire": Kind.FORM,
}
_KEY = re.compile(r"[0-9]{1,17}", re.ASCII)


@dataclass(frozen=True, slots=True)
class DocumentSearch:
    """What a person asks; empty fields ask for nothing. Names are those of the address."""

    q: str = ""
    probleme: str = ""
    service: str = ""
    statut: str = ""
    sorte: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """Every field of the form that asks for something, by name."""
        named = {one.name: str(getattr(self, one.name)) for one in fields(self)}
        return {name: value for name, value in named.items() if value}

    def without(self, name: str) -> DocumentSearch:
        """Return this search without one of its fields."""
        empty: dict[str, Any] = {name: ""}
        return replace(self, **empty)

    def query(self, after: int | None = None) -> str:
        """Return the query of the address, « ? » included; nothing where nothing is asked.

        ``after`` is the position of the last row of the page before.
        """
        pairs = dict(self.fields) | ({} if after is None else {"apres": str(after)})
        return f"?{urlencode(pairs)}" if pairs else ""

    def condition(self, structure_id: int | None = None) -> Condition:
        """Return what the index is asked for.

        ``structure_id`` is the id of the structure whose code is ``service``, ``None`` for none.
        """
        found = []
        if self.probleme:
            found.append(facet(PROBLEM, PROBLEM_CODES[self.probleme].value))
        if self.service:
            found.append(facet(STRUCTURE, structure_id or 0))
        if self.statut:
            found.append(facet(STATUS, STATUS_CODES[self.statut].value))
        if self.sorte:
            found.append(facet(KIND, KIND_CODES[self.sorte].value))
        return Condition(words=query_words(self.q), facets=tuple(found))


def parse(query: Mapping[str, object]) -> DocumentSearch:
    """Return the search of an address; what cannot be read asks for nothing."""
    asked = {one.name: line(query.get(one.name, "")) for one in fields(DocumentSearch)}
    # A service picked in the search of services takes the place of the one in use.
    asked["service"] = line(query.get("service_choisi", "")) or asked["service"]
    known = {
        "q": True,
        "probleme": asked["probleme"] in PROBLEM_CODES,
        "service": CODE.fullmatch(asked["service"]) is not None,
        "statut": asked["statut"] in STATUS_CODES,
        "sorte": asked["sorte"] in KIND_CODES,
    }
    return DocumentSearch(**{name: value if known[name] else "" for name, value in asked.items()})


def parse_key(query: Mapping[str, object]) -> int | None:
    """Return where the page of an address begins; anything odd begins at the beginning."""
    found = _KEY.fullmatch(line(query.get("apres", "")))
    return int(found[0]) if found else None


@dataclass(frozen=True, slots=True)
class Listed:
    """What is searched of a published document; ``path_ids`` lead to its structure."""

    title: str
    words: tuple[str, ...]
    problems: tuple[str, ...]
    status: str
    kind: str
    path_ids: tuple[int, ...] = ()


def indexed(listed: Listed) -> Document:
    """Return what the index keeps of a document: its words once each, what it is filtered by."""
    in_title = set(terms(listed.title))
    body = {term for text in listed.words for term in terms(text)} - in_title
    facets = {facet(STATUS, listed.status), facet(KIND, listed.kind)}
    facets |= {facet(PROBLEM, one) for one in listed.problems}
    facets |= {facet(STRUCTURE, one) for one in listed.path_ids}
    return Document(tuple(sorted(in_title)), (), tuple(sorted(body)), tuple(sorted(facets)))
