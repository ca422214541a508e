"""Searching what is published: the same answers on both databases, and what they must be."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from spplus_app.demo import texts
from spplus_app.domain.search import COUNT_MAX, Search
from spplus_app.domain.terms import terms
from spplus_app.persistence import experiences as rows
from spplus_app.persistence import reading, structures, unit_of_work
from spplus_app.persistence.tables import ExperienceRow
from spplus_app.services import (
    experience_index,
    follow_up,
    integrity,
    moderation,
    search,
    search_page,
)
from tests import factories as make

AUTHOR = make.visitor("author")


END = " Voilà ce que j’ai vécu."


def found(session: Session, **asked: str) -> list[int]:
    return make.listed(session, Search(**asked))


def test_words_are_found_in_any_form_and_all_of_them(session: Session) -> None:
    one = make.published(
        session, AUTHOR, title="Ma préfecture fermée", narrative="Trop d’attente." + END
    )
    two = make.published(
        session, AUTHOR, title="Une attente", narrative="Les préfectures ferment." + END
    )
    make.published(session, AUTHOR, title="Autre chose", narrative="Rien à voir avec le reste.")
    assert found(session, q="prefecture") == [two.id, one.id]
    assert found(session, q="PRÉFECTURES attentes") == [two.id, one.id]
    assert found(session, q="préfecture absente") == []
    assert found(session, q="le de la") == make.listed(session)
    assert found(session, q="!!! ') OR 1=1 -- \" * NEAR( {title}:") == []


def test_relevance_is_the_title_then_what_is_repeated_then_the_rest(session: Session) -> None:
    with make.at(0):
        title = make.published(
            session, AUTHOR, title="Le guichet", narrative="Fermé tout le jour." + END
        )
    with make.at(1):
        often = make.published(
            session, AUTHOR, title="Fermé", narrative="Un guichet, puis un autre guichet." + END
        )
    with make.at(2):
        once = make.published(
            session, AUTHOR, title="Fermé", narrative="Le guichet est loin." + END
        )
    with make.at(3):
        again = make.published(
            session, AUTHOR, title="Guichets", narrative="Toujours rien ici." + END
        )
    assert found(session, q="guichet") == [again.id, once.id, often.id, title.id]
    best_first = [again.id, title.id, often.id, once.id]
    assert found(session, q="guichet", tri="pertinence") == best_first


@pytest.mark.parametrize("order", ["date", "pertinence"])
def test_pages_follow_one_another_without_loss_or_repeat(
    session: Session, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setattr(search, "PAGE", 3)
    numbers = []
    for day in range(11):
        # Several at the same instant: each has a place of its own.
        with make.at(day // 3):
            title = "Le guichet" if day % 2 else "La porte"
            narrative = "Au guichet, " * (1 + day % 3) + "j’ai attendu."
            numbers.append(make.published(session, AUTHOR, title=title, narrative=narrative).id)
    asked, key, seen, pages = Search(q="guichet", tri=order), None, [], 0
    while pages == 0 or key is not None:
        page = search.results(session, asked, key)
        seen += [card.id for card in page.cards]
        key, pages = page.next_key, pages + 1
    assert pages == 4 and sorted(seen) == sorted(numbers)
    if order == "date":
        assert seen == numbers[::-1]


def test_filters_and_their_numbers(session: Session) -> None:
    where = make.tree(session)
    other = structures.get(session, where.stranger.id)
    assert other is not None
    other.department, other.town = "75", "Paris"
    session.flush()
    with make.at(0):
        one = make.published(session, AUTHOR, where.office, ressenti="Négatif")
    with make.at(40):
        two = make.published(session, AUTHOR, where.other_office, where.stranger)
    with make.at(41):
        outside = make.published(session, AUTHOR, tag_relation="", tag_reactivity="Négatif")
        make.replied(session, two, where.stranger)
    cases: dict[str, tuple[dict[str, str], list[int]]] = {
        "above": ({"service": "BRANCH"}, [two.id, one.id]),
        "itself": ({"service": "OFFICE"}, [one.id]),
        "unknown": ({"service": "NOWHERE"}, []),
        "network": ({"reseau": str(where.stranger.network_id)}, [two.id]),
        "department of a service": ({"departement": "75"}, [two.id]),
        "department of the author": ({"departement": "30"}, [outside.id, two.id, one.id]),
        "region": ({"region": "11"}, [two.id]),
        "ressenti": ({"ressenti": "negatif"}, [one.id]),
        "channel": ({"canal": "desk"}, [two.id, one.id]),
        "tag": ({"theme": "reactivity"}, [outside.id]),
        "with reply": ({"reponse": "avec"}, [two.id]),
        "without": ({"reponse": "sans"}, [outside.id, one.id]),
        "since": ({"du": "2026-04-01"}, [outside.id, two.id]),
        "until": ({"au": "2026-04-01"}, [one.id]),
        "both": ({"ressenti": "positif", "canal": "desk"}, [two.id]),
    }
    for name, (asked, expected) in cases.items():
        assert found(session, **asked) == expected, name
        assert search.counts(session, Search(**asked)).total == len(expected), name
        assert found(session, q="guichet", **asked) == expected, name
    counts = search.counts(session, Search(ressenti="negatif"))
    assert counts.total == 1 and not counts.more
    # A filter in use tells what its other values would give.
    assert counts.values["ressenti"] == {"negatif": 1, "positif": 2}
    assert counts.values["departement"] == {"30": 1}
    assert counts.values["reponse"] == {"sans": 1}


def test_the_index_follows_what_is_published(session: Session) -> None:
    where = make.structure(session, "A")
    viewer = make.moderator(session)
    row = make.sent(session, AUTHOR, where, title="Une girafe au guichet")
    assert found(session, q="girafe") == []
    moderation.publish(session, viewer, row.id, 1)
    assert found(session, q="girafe") == [row.id]
    position = row.position
    typed = {"title": "Un zèbre", "narrative": row.narrative, "pseudonym": "", "note": "Erreur."}
    moderation.edit(session, viewer, row.id, 1, typed)
    assert found(session, q="girafe") == [] and found(session, q="zebre") == [row.id]
    assert row.position == position
    assert found(session, reponse="sans") == [row.id]
    make.replied(session, row, where)
    assert found(session, reponse="sans") == [] and found(session, reponse="avec") == [row.id]
    follow_up.withdraw(session, AUTHOR, row.id)
    assert found(session, q="zebre") == [] and make.listed(session) == []
    assert row.position is None


def test_found_words_are_shown_where_they_stand(session: Session) -> None:
    narrative = "Rien ici. " * 40 + "Le dossier est perdu."
    make.published(session, AUTHOR, title="Mes dossiers", narrative=narrative)
    (card,) = search.results(session, Search(q="dossier")).cards
    assert [run.text for run in card.title_runs if run.hit] == ["dossiers"]
    assert [run.text for run in card.excerpt_runs if run.hit] == ["dossier"]
    assert "".join(run.text for run in card.excerpt_runs) == card.excerpt
    (plain,) = search.results(session, Search()).cards
    assert plain.title_runs == [] and plain.excerpt.startswith("Rien ici.")


def test_similar_experiences_share_more_than_a_word(session: Session) -> None:
    where, elsewhere = make.structure(session, "A"), make.structure(session, "B")
    told = {"narrative": "Je raconte ici ce qui s’est passé."}
    row = make.published(session, AUTHOR, where, title="Passeport jamais reçu", **told)
    close = make.published(session, AUTHOR, where, title="Mon passeport perdu", **told)
    twin = make.published(session, AUTHOR, elsewhere, title="Passeport reçu en retard", **told)
    make.published(session, AUTHOR, elsewhere, title="Vélo reçu", **told)
    hidden = make.sent(session, AUTHOR, where, title="Passeport jamais reçu", **told)
    assert [card.id for card in search.similar(session, row.id)] == [twin.id, close.id]
    assert search.similar(session, hidden.id) == [] and search.similar(session, 10**12) == []


def test_past_the_bound_only_the_newest_are_counted(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "COUNT_MAX", 2)
    for felt in ("Négatif", "Positif", "Positif"):
        make.published(session, AUTHOR, ressenti=felt)
    counts = search.counts(session, Search())
    assert (counts.total, counts.more) == (2, True)
    for asked in (Search(), Search(q="guichet")):
        told = search.total(session, asked)
        assert (told.total, told.more, told.values) == (2, True, {})
    assert counts.values["ressenti"] == {"positif": 2}


def test_numbers_are_said_in_words(session: Session) -> None:
    assert search_page.numbers(session, Search()).told == "Aucune expérience"
    make.published(session, AUTHOR)
    shown = search_page.numbers(session, Search())
    assert shown.told == "1 expérience" and shown.values["ressenti=positif"] == "1"
    assert COUNT_MAX == 10_000
    where = make.structure(session, "A")
    asked = Search(service="A", ressenti="negatif", reseau=str(where.network_id), du="2026-01-02")
    labels = [one.label for one in search_page.chosen(session, asked)]
    assert labels == ["Réseau A", "Service A", "Négatif", "Depuis le 2\u00a0janvier\u00a02026"]
    hrefs = {one.href for one in search_page.chosen(session, asked)}
    assert search_page.LIST + replace(asked, ressenti="").query() in hrefs


def test_an_index_that_differs_is_found_and_made_again(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        row = make.published(session, AUTHOR, make.structure(session, "A"))
        make.published(session, AUTHOR)
        stored = session.get(ExperienceRow, row.id)
        assert stored is not None
        stored.title = "Un titre changé sans passer par ici"
    with unit_of_work(engine) as session:
        wrong = [one for one in integrity.check(session, repair=True) if one.wrong]
        assert [one.title for one in wrong if "recherche" in one.title] == ["Index de recherche"]
    with reading(engine) as session:
        assert experience_index.differing(session) == []
        assert found(session, q="changé") == [row.id]


def test_what_was_published_before_the_index_is_put_in(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        numbers = [make.published(session, AUTHOR).id for _ in range(3)]
        for row in rows.several(session, numbers).values():
            position, row.position = row.position, None
            assert position is not None
            experience_index.search.remove(session, [position])
    with unit_of_work(engine) as session:
        assert make.listed(session) == []
        assert experience_index.fill(session) == 3
    with unit_of_work(engine) as session:
        assert make.listed(session) == numbers[::-1]
        assert experience_index.fill(session) == 0 and experience_index.rebuild(session) == 3
        assert make.listed(session) == numbers[::-1]


def _queries(session: Session) -> list[Search]:
    """Return 300 searches: words of the texts, alone and together, with filters, in both orders."""
    draw = random.Random(7)
    written = [row.title + " " + row.narrative for row in session.query(ExperienceRow)]
    # As often as they are written: common words meet, rare ones do not.
    vocabulary = sorted(word for text in written for word in text.split() if terms(word))
    filters: list[dict[str, str]] = [
        *({} for _ in range(6)),
        *({"ressenti": felt} for felt in ("positif", "neutre", "negatif")),
        *({"canal": canal} for canal in ("online", "phone", "desk")),
        *({"reponse": reply} for reply in ("avec", "sans")),
        {"theme": "relation"},
        {"departement": "99X"},
        {"du": "2026-01-01", "au": "2026-10-01"},
    ]
    return [
        Search(
            q=" ".join(draw.choices(vocabulary, k=draw.choice([0, 1, 1, 1, 2, 2, 3]))),
            tri=draw.choice(["", "pertinence"]),
            **(draw.choice(filters) | draw.choice(filters)),
        )
        for _ in range(300)
    ]


def test_both_databases_answer_300_searches_alike(
    shared_engines: Callable[[str], Engine],
) -> None:
    answers: dict[str, list[object]] = {}
    asked: list[Search] = []
    for kind in ("sqlite", "postgresql"):
        engine = shared_engines(kind)
        with engine.connect().execution_options(spplus_write=True) as connection:
            transaction = connection.begin()
            with Session(connection, expire_on_commit=False) as session:
                _same_stories(session)
                asked = asked or _queries(session)
                answers[kind] = [_answer(session, one) for one in asked]
            transaction.rollback()
    assert len(asked) == 300
    for one, lite, pg in zip(asked, answers["sqlite"], answers["postgresql"], strict=True):
        assert lite == pg, one
    shown = [answer for answer in answers["sqlite"] if answer[0]]  # type: ignore[index]
    assert len(shown) > 100, "many of them find something"


def _same_stories(session: Session) -> None:
    """Publish the stories of the demonstration at fixed moments, known by their UUIDs."""
    where = make.structure(session, "A")
    for number, story in enumerate(texts.stories()):
        row = story.row
        with make.at(number / 10):
            made = make.published(
                session,
                AUTHOR,
                *([where] if number % 2 else []),
                title=row["title"],
                narrative=row["narrative"],
                ressenti=row["ressenti"],
            )
            if number % 4 == 1:
                make.replied(session, made, where)


def _answer(session: Session, asked: Search) -> tuple[object, ...]:
    titles: list[str] = []
    key = None
    while True:
        page = search.results(session, asked, key)
        titles += [card.title for card in page.cards]
        key = page.next_key
        if key is None:
            break
    counts = search.counts(session, asked)
    assert search.total(session, asked).total == counts.total == len(titles)
    values = {name: group for name, group in counts.values.items() if name != "reseau"}
    return titles, counts.total, values
