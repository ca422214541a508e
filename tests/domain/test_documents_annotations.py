"""Marks: what is accepted, where they point, where they are found again, what heat they make."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spplus_app.domain.documents import anchoring
from spplus_app.domain.documents.anchoring import (
    ENDS_MAX,
    NEAR,
    Anchor,
    Anchoring,
    How,
    anchored,
    confirmed,
)
from spplus_app.domain.documents.annotations import (
    REWRITE_MAX,
    TONE_NAMES,
    UNDERSTOOD_MAX,
    WHY_NAMES,
    Annotation,
    Mark,
    Tone,
    Why,
    mark,
)
from spplus_app.domain.documents.canonical import OFFSET_MAX, canonical
from spplus_app.domain.documents.heat import Heat, Sent, heat
from spplus_app.domain.documents.json_ld import (
    ANNOTATION_BYTES_MAX,
    CONTEXT_IRI,
    PAGE_SIZE,
    Published,
    annotation_json,
    collection_json,
    page_json,
    parsed,
)
from spplus_app.domain.documents.plain import plain
from spplus_app.domain.documents.selectors import (
    CONTEXT,
    PASSAGE_MAX,
    Target,
    TextPosition,
    TextQuote,
    code_points,
    select,
    utf16,
)
from spplus_app.domain.documents.spans import merged
from spplus_app.domain.errors import Invalid

LETTER = canonical(
    plain(
        "Madame,\n\nVotre demande d’aide au logement est refusée. Vous pouvez contester cette "
        "décision devant la commission. Vous disposez de deux mois.\n\nMerci de joindre les "
        "pièces demandées. Sans réponse, votre dossier sera classé.\n\nCordialement,"
    )
).text


def passage(text: str, words: str) -> Target:
    """The target of the first place where ``words`` stand."""
    at = text.index(words)
    return select(text, at, at + len(words))


def again(text: str, target: Target) -> tuple[str, str] | None:
    """The words a target is found on in another text, and how."""
    found = Anchoring(text).anchor(target)
    return None if found is None else (text[found.start : found.end], found.how.value)


# ---- Marks ---------------------------------------------------------------------------------


def test_a_mark_keeps_what_was_said() -> None:
    made = mark("unclear", ["acronym", "length", "acronym"], "  Je dois payer.\r\n", "Payez 12 €.")
    assert made == Mark(Tone.UNCLEAR, (Why.LENGTH, Why.ACRONYM), "Je dois payer.", "Payez 12 €.")


def test_a_clear_passage_has_no_reason() -> None:
    assert mark("clear", ["acronym"]) == Mark(Tone.CLEAR)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (("bad",), "tone"),
        (("unclear", ["other"]), "reasons"),
        (("unclear", ["tone"] * 9), "reasons"),
        (("unclear", [], "a" * (UNDERSTOOD_MAX + 1)), "understood"),
        (("unclear", [], "", "a" * (REWRITE_MAX + 1)), "rewrite"),
        (("unclear", [], "\x00"), "understood"),
    ],
)
def test_a_mark_that_cannot_be_accepted(sent: tuple[Any, ...], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        mark(*sent)
    assert list(refused.value.errors) == [field]


def test_the_words_of_marks() -> None:
    assert list(TONE_NAMES.values()) == ["Clair", "Pas clair", "M’inquiète"]
    assert list(WHY_NAMES.values()) == [
        "vocabulaire",
        "phrase trop longue",
        "ton",
        "information manquante",
        "ordre",
        "sigle",
        "mise en page",
        "je ne sais pas quoi faire",
    ]


# ---- Selectors -----------------------------------------------------------------------------


def test_a_selector_says_the_words_and_what_surrounds_them() -> None:
    target = passage(LETTER, "contester cette décision")
    assert target.quote.exact == "contester cette décision"
    assert target.quote.prefix == LETTER[target.position.start - CONTEXT : target.position.start]
    assert target.quote.suffix == LETTER[target.position.end : target.position.end + CONTEXT]


def test_spaces_at_the_edges_are_left_out() -> None:
    at = LETTER.index("\n\nVotre demande")
    assert select(LETTER, at, at + 7).quote.exact == "Votre"


@pytest.mark.parametrize(
    "place", [(-1, 3), (3, 3), (5, 2), (0, len(LETTER) + 1), (LETTER.index("\n"),) * 2]
)
def test_a_passage_that_is_not_in_the_text(place: tuple[int, int]) -> None:
    with pytest.raises(Invalid):
        select(LETTER, *place)


def test_a_passage_too_long_or_empty() -> None:
    with pytest.raises(Invalid, match="trop long"):
        select("a" * 9000, 0, PASSAGE_MAX + 1)
    with pytest.raises(Invalid, match="vide"):
        select("a   b", 1, 3)


@given(st.text(max_size=60), st.integers(-5, 80))
def test_offsets_of_a_browser(text: str, offset: int) -> None:
    at = code_points(text, offset)
    assert 0 <= at <= len(text)
    assert len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 == utf16(text, at)
    assert utf16(text, at) <= max(0, offset)
    assert code_points(text, utf16(text, at)) == at


# ---- Found again ---------------------------------------------------------------------------


def test_the_same_text() -> None:
    assert again(LETTER, passage(LETTER, "deux mois")) == ("deux mois", "position")


def test_words_that_moved() -> None:
    target = passage(LETTER, "Vous disposez de deux mois.")
    moved = LETTER.replace("Madame,", "Madame Alix Modèle, voici notre réponse.")
    assert again(moved, target) == ("Vous disposez de deux mois.", "quote")


def test_words_that_changed_a_little() -> None:
    target = passage(LETTER, "Vous pouvez contester cette décision devant la commission.")
    changed = LETTER.replace("devant la commission", "devant une commission").replace("Madame,", "")
    found = again(changed, target)
    assert found == ("Vous pouvez contester cette décision devant une commission.", "fuzzy")


def test_spaces_and_apostrophes_are_no_change() -> None:
    target = passage(LETTER, "Votre demande d’aide")
    assert again(LETTER.replace("’", "'").replace(" ", "\u00a0"), target) == (
        "Votre\u00a0demande\u00a0d'aide",
        "position",
    )


def test_words_rewritten_are_an_orphan() -> None:
    target = passage(LETTER, "Vous pouvez contester cette décision devant la commission.")
    assert again(LETTER.replace(target.quote.exact, "Pas d’accord ? Écrivez-nous."), target) is None


def test_a_short_passage_does_not_go_to_another_place() -> None:
    target = passage(LETTER, "deux mois")
    other = LETTER.replace("Vous disposez de deux mois.", "") + " Attendez deux mois ici."
    assert again(other, target) is None


def test_of_two_places_the_one_with_the_same_surroundings() -> None:
    text = "Payez avant lundi. Merci. Écrivez avant mardi. Merci. Appelez avant jeudi. Merci."
    at = text.index("Merci. Appelez")
    target = select(text, at, at + 6)
    moved = "Bonjour. " + text
    assert Anchoring(moved).anchor(target) == Anchor(at + 9, at + 15, How.QUOTE)


def test_nothing_is_found_in_nothing() -> None:
    target = passage(LETTER, "deux mois")
    assert Anchoring("").anchor(target) is None
    assert Anchoring(LETTER).anchor(Target(TextQuote(""), TextPosition(0, 0))) is None


WORDS = st.text(alphabet="abcdeé ’.", min_size=1, max_size=12)


@given(st.data())
@settings(max_examples=200)
def test_edits_elsewhere_do_not_move_a_mark_to_other_words(data: st.DataObject) -> None:
    before = data.draw(st.text(alphabet="abcé .\n", max_size=200))
    words = "Vous devez " + data.draw(WORDS) + " payer"
    after = data.draw(st.text(alphabet="abcé .\n", max_size=200))
    target = select(before + words + after, len(before), len(before) + len(words))
    # What surrounds the words stays: elsewhere anything goes, or comes.
    kept_before, kept_after = before[-CONTEXT:], after[:CONTEXT]
    new_before = data.draw(st.text(alphabet="abcé .\n", max_size=300)) + kept_before
    new_after = kept_after + data.draw(st.text(alphabet="abcé .\n", max_size=300))
    found = Anchoring(new_before + words + new_after).anchor(target)
    assert found is not None
    assert (found.start, found.end) == (len(new_before), len(new_before) + len(words))


@given(st.text(alphabet="ab é.\n", min_size=1, max_size=200), st.data())
def test_a_mark_is_found_where_it_was_made(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if not text[start:end].strip():
        return
    target = select(text, start, end)
    found = Anchoring(text).anchor(target)
    assert found == Anchor(target.position.start, target.position.end, How.POSITION)
    assert confirmed(text, target) == target


@given(st.text(max_size=80), st.text(max_size=80), st.integers(0, 60), st.integers(1, 30))
def test_an_anchor_is_always_in_the_text(text: str, exact: str, start: int, size: int) -> None:
    target = Target(TextQuote(exact, text[:5], exact[-3:]), TextPosition(start, start + size))
    found = Anchoring(text).anchor(target)
    assert found is None or 0 <= found.start < found.end <= len(text)


def test_marks_of_a_document_teach_each_other() -> None:
    sentences = [f"La phrase numéro {n} parle du droit n° {n * 7}." for n in range(400)]
    text = " ".join(sentences)
    targets = [passage(text, one) for one in sentences]
    new = "Un long préambule. " * 500 + text.replace("phrase numéro 200 parle", "phrase 200 parle")
    found = anchored(new, text, targets)
    for target in targets:
        place = found[target]
        assert place is not None
        told = new[place.start : place.end]
        changed = "numéro 200 " in target.quote.exact
        assert told == target.quote.exact.replace("numéro 200 ", "200 ")
        assert place.how is (How.FUZZY if changed else How.QUOTE)


def test_a_mark_does_not_go_to_a_sentence_that_looks_like_its_own() -> None:
    sentences = [f"Vous percevez {n} € au titre de l’aide n° {n}." for n in (120, 130, 140)]
    text = " ".join(sentences)
    gone = passage(text, sentences[1])
    new = text.replace(sentences[1] + " ", "")
    assert anchored(new, text, [gone]) == {gone: None}


def test_marks_that_stand_teach_where_changed_words_are_awaited() -> None:
    text = LETTER + " " + " ".join(f"La phrase {n} parle du droit n° {n * 7}." for n in range(9))
    first = passage(text, "Votre demande d’aide au logement est refusée.")
    others = [passage(text, f"La phrase {n} parle du droit n° {n * 7}.") for n in range(9)]
    new = "Un long préambule. " * 500 + text.replace("est refusée", "sera refusée")
    assert NEAR[-1] < new.index("Votre demande")
    assert anchored(new, text, [first])[first] is None
    place = anchored(new, text, [first, *others])[first]
    assert place is not None
    assert (new[place.start : place.end], place.how) == (
        "Votre demande d’aide au logement sera refusée.",
        How.FUZZY,
    )


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words looked for approximately, one for each search."""
    made: list[str] = []
    search = anchoring._ends

    def counted(words: str, text: str, allowed: int) -> list[tuple[int, int]]:
        made.append(words)
        return search(words, text, allowed)

    monkeypatch.setattr(anchoring, "_ends", counted)
    return made


PERIODIC = Target(TextQuote("abcd" * 250), TextPosition(0, 1000))


def test_a_text_that_repeats_is_not_searched_at_each_turn(searches: list[str]) -> None:
    assert Anchoring("abcx" * 2000).anchor(PERIODIC) is not None
    assert len(searches) <= 1 + ENDS_MAX


def test_of_many_changed_places_the_nearest_is_weighed() -> None:
    row = "Vous devez payer."
    text = "\n".join([row] * 120)
    at = 60 * (len(row) + 1)
    target = select(text, at, at + len(row))
    found = Anchoring(text.replace("payer", "paver")).anchor(target)
    assert found == Anchor(at, at + len(row), How.FUZZY)


def test_a_target_is_confirmed_without_any_approximate_search(searches: list[str]) -> None:
    with pytest.raises(Invalid):
        confirmed("abcx" * 2000, PERIODIC)
    assert searches == []


def test_a_target_is_confirmed_by_the_text_only() -> None:
    target = passage(LETTER, "deux mois")
    forged = Target(TextQuote("deux mois", "faux", "faux"), target.position)
    with pytest.raises(Invalid):
        confirmed(LETTER.replace("deux", "trois"), target)
    with pytest.raises(Invalid):
        confirmed(LETTER, forged)


# ---- JSON-LD -------------------------------------------------------------------------------

SENT_AT = datetime(2024, 3, 12, 9, 30, tzinfo=UTC)
MADE = Annotation(
    passage(LETTER, "deux mois"),
    Mark(Tone.WORRYING, (Why.TONE, Why.LOST), "Je suis perdu.", "Vous avez deux mois."),
)


def published(number: int = 0) -> Published:
    return Published(f"https://exemple.fr/marques/{number}", MADE, SENT_AT)


def test_an_annotation_out() -> None:
    told = annotation_json(published(), "https://exemple.fr/documents/1")
    assert told["motivation"] == ["assessing", "tagging", "commenting", "editing"]
    assert told["created"] == "2024-03-12T09:30:00Z"
    assert [(one["purpose"], one["value"]) for one in told["body"]] == [
        ("assessing", "M’inquiète"),
        ("tagging", "ton"),
        ("tagging", "je ne sais pas quoi faire"),
        ("commenting", "Je suis perdu."),
        ("editing", "Vous avez deux mois."),
    ]
    assert {one["language"] for one in told["body"]} == {"fr"}
    assert [one["type"] for one in told["target"]["selector"]] == [
        "TextQuoteSelector",
        "TextPositionSelector",
    ]


def test_what_goes_out_comes_in_again() -> None:
    told = annotation_json(published(), "https://exemple.fr/documents/1")
    assert parsed(json.dumps({"@context": CONTEXT_IRI, **told}).encode()) == MADE


def test_a_date_of_elsewhere_goes_out_as_that_of_greenwich() -> None:
    here = datetime(2024, 3, 12, 11, 30, tzinfo=timezone(timedelta(hours=2)))
    told = annotation_json(replace(published(), sent_at=here), "https://exemple.fr/documents/1")
    assert told["created"] == "2024-03-12T09:30:00Z"


def test_the_longest_annotation_all_escaped_is_read() -> None:
    longest = Annotation(
        Target(
            TextQuote("é" * PASSAGE_MAX, "é" * 256, "é" * 256),
            TextPosition(OFFSET_MAX - PASSAGE_MAX, OFFSET_MAX),
        ),
        Mark(Tone.UNCLEAR, tuple(Why), "é" * UNDERSTOOD_MAX, "é" * REWRITE_MAX),
    )
    told = annotation_json(Published("x" * 500, longest, SENT_AT), "x" * 500)
    assert parsed(json.dumps({"@context": CONTEXT_IRI, **told}).encode()) == longest


def test_the_longest_annotation_of_emoji_is_read_as_it_is() -> None:
    mark = Mark(Tone.UNCLEAR, tuple(Why), "🙂" * UNDERSTOOD_MAX, "🙂" * REWRITE_MAX)
    target = Target(TextQuote("🙂" * PASSAGE_MAX), TextPosition(0, PASSAGE_MAX))
    told = annotation_json(Published("x", Annotation(target, mark), SENT_AT), "x")
    assert parsed(json.dumps(told, ensure_ascii=False).encode()).target == target
    with pytest.raises(Invalid):
        parsed(json.dumps(told).encode())


def test_a_collection_and_its_pages() -> None:
    address, source = "https://exemple.fr/a.jsonld", "https://exemple.fr/documents/1"
    many = [published(number) for number in range(PAGE_SIZE + 1)]
    told = collection_json(address, source, "Marques", many, len(many))
    assert (told["type"], told["total"], told["label"]) == (
        "AnnotationCollection",
        PAGE_SIZE + 1,
        {"fr": "Marques"},
    )
    assert len(told["first"]["items"]) == PAGE_SIZE
    assert told["first"]["next"] == told["last"] == f"{address}?page=1"
    last = page_json(address, source, many[PAGE_SIZE:], PAGE_SIZE, len(many))
    assert last["@context"] == CONTEXT_IRI
    assert last["prev"] == told["first"]["id"]
    assert "next" not in last
    assert last["partOf"] == {"id": address, "total": PAGE_SIZE + 1}
    empty = collection_json(address, source, "Marques", [], 0)
    assert empty["first"]["items"] == []
    assert empty["last"] == empty["first"]["id"]


def sent(**changed: Any) -> bytes:
    told = annotation_json(published(), "https://exemple.fr/documents/1")
    return json.dumps({**told, **changed}).encode()


BODY = {"type": "TextualBody", "purpose": "assessing", "value": "Pas clair"}
SAID = {"type": "TextualBody", "purpose": "commenting", "value": "Je suis perdu."}
QUOTE = {"type": "TextQuoteSelector", "exact": "deux"}
PLACE = {"type": "TextPositionSelector", "start": 3, "end": 7}
HOSTILE = [
    b"",
    b"null",
    b"[" * 30_000,
    b'{"type":' * 4000,
    b"\xff\xfe",
    sent(type="Person"),
    sent(extra=1),
    sent(**{"@context": "https://ailleurs.fr/"}),
    sent(body=[]),
    sent(body=[BODY, BODY]),
    sent(body=[{**BODY, "value": "Génial"}]),
    sent(body=[{**BODY, "type": "Image"}]),
    sent(body=[{**BODY, "format": "text/html"}]),
    sent(body=[{**BODY, "value": "x" * 2001}]),
    sent(body=[BODY, {**BODY, "purpose": "tagging", "value": "laid"}]),
    sent(body=[BODY] + [{**BODY, "purpose": "tagging", "value": "ton"}] * 50),
    sent(body=[{**BODY, "value": 1}]),
    sent(body=[BODY, {**BODY, "purpose": "commenting", "value": "\u0000"}]),
    sent(body=[BODY, SAID, SAID]),
    sent(target={"selector": []}),
    sent(target={"selector": [QUOTE, QUOTE]}),
    sent(target={"selector": [PLACE, PLACE]}),
    sent(target={"selector": [QUOTE, {**PLACE, "start": -1}]}),
    sent(target={"selector": [QUOTE, {**PLACE, "start": True}]}),
    sent(target={"selector": [QUOTE, {**PLACE, "start": 3.0}]}),
    sent(target={"selector": [QUOTE, {**PLACE, "end": 10**9}]}),
    sent(target={"selector": [QUOTE, {**PLACE, "end": 8}]}),
    sent(target={"selector": [{**QUOTE, "exact": "\ud800aaa"}, PLACE]}),
    sent(target={"selector": [{**QUOTE, "exact": "x" * (PASSAGE_MAX + 1)}, PLACE]}),
    sent(id="x" * ANNOTATION_BYTES_MAX),
]


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_annotations(payload: bytes) -> None:
    with pytest.raises(Invalid):
        parsed(payload)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_bytes_that_are_no_annotation_are_refused(payload: bytes) -> None:
    with pytest.raises(Invalid):
        parsed(payload)


# ---- Heat ----------------------------------------------------------------------------------

TEXT = canonical(plain("Un. Deux. Trois. Quatre.\n\nCinq. Six."))


def test_heat_counts_readers_not_marks() -> None:
    whole = TEXT.sentences[1]
    marks = [
        Sent("a", whole.start, whole.end, Tone.UNCLEAR, (Why.LENGTH,)),
        Sent("a", whole.start, whole.start + 1, Tone.UNCLEAR, (Why.LENGTH, Why.TONE)),
        Sent("b", whole.start, whole.end, Tone.CLEAR),
    ]
    assert heat(TEXT, marks) == (
        Heat(
            1,
            2,
            ((Tone.CLEAR, 1), (Tone.UNCLEAR, 1)),
            ((Why.LENGTH, 1), (Why.TONE, 1)),
        ),
    )


def test_spans_that_touch_are_one() -> None:
    assert merged([(4, 5), (0, 2), (2, 3), (0, 1)]) == [(0, 3), (4, 5)]
    assert merged([(0.0, 9.5), (1.5, 2.0)]) == [(0.0, 9.5)]
    assert merged([(1, 2)][:0]) == []


def test_no_mark_no_heat() -> None:
    assert heat(TEXT, []) == ()
    assert heat(canonical(plain("")), [Sent("a", 0, 4, Tone.CLEAR)]) == ()
    assert heat(TEXT, [Sent("a", 500, 600, Tone.CLEAR)]) == ()


MARKS = st.lists(
    st.builds(
        Sent,
        st.sampled_from("abc"),
        st.integers(0, 30),
        st.integers(0, 40),
        st.sampled_from(Tone),
        st.lists(st.sampled_from(Why), unique=True, max_size=3).map(tuple),
    ).filter(lambda one: one.start < one.end),
    max_size=12,
)


@given(MARKS)
def test_heat_is_what_counting_one_by_one_gives(marks: list[Sent]) -> None:
    readers: dict[tuple[int, object], set[object]] = defaultdict(set)
    for at, one in enumerate(TEXT.sentences):
        for made in marks:
            if made.start < one.end and one.start < made.end:
                for told in (None, made.tone, *made.reasons):
                    readers[at, told].add(made.reader)
    counted = {
        (warm.sentence, told): count
        for warm in heat(TEXT, marks)
        for told, count in ((None, warm.readers), *warm.tones, *warm.reasons)
    }
    assert counted == {place: len(who) for place, who in readers.items()}
