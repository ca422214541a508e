"""A search is its address: read, written, read again; anything odd asks for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.search import Key, Rank, Search, Sort, parse, parse_key
from spplus_app.domain.search_index import Place, document, position_of

WHOLE = Search(
    q="dossier perdu",
    reseau="12",
    service="CAF-30",
    departement="30",
    region="76",
    ressenti="negatif",
    canal="phone",
    theme="relation",
    reponse="avec",
    du="2026-01-01",
    au="2026-02-01",
    tri="pertinence",
)


def query(search: Search, after: Key | None = None) -> dict[str, str]:
    return dict(parse_qsl(search.query(after).lstrip("?")))


def test_an_address_restores_the_search() -> None:
    key = Key(Rank.STRONG, 1_700_000_000_000_000)
    assert parse(query(WHOLE, key)) == WHOLE
    assert parse_key(query(WHOLE, key)) == key
    assert Search().query() == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reseau", "12x"),
        ("reseau", "١٢"),
        ("service", "CAF 30"),
        ("departement", "399"),
        ("region", "x"),
        ("ressenti", "content"),
        ("canal", "pigeon"),
        ("theme", "argent"),
        ("reponse", "peut-être"),
        ("du", "2026-02-30"),
        ("au", "1026-01-01"),
        ("tri", "hasard"),
        ("q", "a\x00b"),
    ],
)
def test_what_cannot_be_read_asks_for_nothing(name: str, value: str) -> None:
    assert parse({name: value}) == Search()


@pytest.mark.parametrize("key", ["", "4-1", "1-", "x", "1--1", "1-1e9", "1-" + "9" * 40, "١-١"])
def test_an_odd_key_begins_at_the_beginning(key: str) -> None:
    assert parse_key({"apres": key}) is None


@given(st.dictionaries(st.sampled_from([*sorted(query(WHOLE)), "x"]), st.text(max_size=60)))
def test_any_address_is_read_and_comes_back_the_same(asked: dict[str, str]) -> None:
    found = parse(asked)
    assert parse(query(found)) == found


def test_a_picked_service_takes_the_place_of_the_one_in_use() -> None:
    assert parse({"service": "A", "service_choisi": "B"}).service == "B"
    assert parse({"service": "A", "service_choisi": ""}).service == "A"


def test_without_words_nothing_is_more_relevant() -> None:
    assert replace(WHOLE, q="le la").sort is Sort.DATE
    assert WHOLE.sort is Sort.RELEVANCE


def test_a_period_is_made_of_whole_days_in_france() -> None:
    asked = Search(du="2026-07-14", au="2026-07-14").condition()
    assert asked.since == position_of(datetime(2026, 7, 13, 22, tzinfo=UTC))
    assert asked.until == position_of(datetime(2026, 7, 14, 22, tzinfo=UTC))


def test_a_term_stands_once_where_it_counts_most() -> None:
    made = document(
        title="Dossier perdu",
        narrative="Mon dossier, mon guichet, le guichet, une file.",
        ressenti="Négatif",
        department="30",
        tags={"Relation": "Positif", "Réactivité": ""},
        places=[Place(3, (1, 7), "2A", ("Téléphone",))],
        replied=False,
    )
    assert (made.title, made.strong, made.body) == (("dossi", "perdu"), ("guichet",), ("fil",))
    assert made.facets == (
        *("a=0", "c=phone", "d=2a", "d=30", "f=negatif", "n=3", "r=76", "r=94"),
        *("s=1", "s=7", "t=relation"),
    )
    assert not [one for one in made.counted if one.startswith("s=")]
