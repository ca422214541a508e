"""Drafts: kept as typed even when wrong; every bound and its sentence."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from spplus_app.domain.drafts import DRAFT_BYTES_MAX, DraftKind, Step
from spplus_app.domain.errors import Conflict, DomainError, Invalid, Refused
from spplus_app.domain.experiences import (
    EMAIL_MAX,
    NARRATIVE_MAX,
    PSEUDONYM_MAX,
    STRUCTURES_MAX,
    TITLE_MAX,
)
from spplus_app.domain.roles import NOBODY, Viewer
from spplus_app.domain.values import CHANNEL_FIELDS, TAG_FIELDS, PostedAs, Ressenti
from spplus_app.persistence import drafts as rows
from spplus_app.persistence.tables import DraftRow, StructureRow
from spplus_app.services import drafts, experiences
from tests import factories as make

UUID = "6f1d3f0e-1111-4222-8333-944444444444"
HOSTILE = {
    "html": "<img src=x onerror=alert(1)><script>alert('bonjour')</script> & co « fin »",
    "emoji": "Très bien 👍🏽 👨‍👩‍👧‍👦 merci 🇫🇷",
    "rtl": "abc \u202egnihton\u202c \u2067שלום\u2069 مرحبا",
    "sql": "'; DROP TABLE draft; -- \\' %s :name {x} ${y}",
    "controls": "a\x00b\x07c\x1b[31m",
    "spaces": "\u00a0\u202f\u2003 texte \t\r\n fin",
    "surrogate": "demi \ud83d paire",
    "long": "a" * (NARRATIVE_MAX + 1),
}


def stored(session: Session, viewer: Viewer) -> dict[str, object]:
    """What the database holds, read again."""
    session.expire_all()
    return drafts.data_of(session, viewer)[1]


@pytest.mark.parametrize("name", HOSTILE)
def test_typed_text_is_kept_as_typed(session: Session, name: str) -> None:
    text = HOSTILE[name]
    viewer = make.visitor()
    fields = make.STORY | {"title": text[:300], "narrative": text}
    drafts.save_fields(session, viewer, UUID, Step.STORY, fields)
    # What no database can hold is the only thing left out.
    kept = text.replace("\x00", "").replace("\ud83d", "")
    assert stored(session, viewer)["narrative"] == kept


@pytest.mark.parametrize("name", ["controls"])
def test_control_characters_are_refused_beside_their_field(session: Session, name: str) -> None:
    viewer = make.visitor()
    for field, step in FIELD_BOUNDS:
        for hostile in (HOSTILE[name], "rien que le nul \x00 au milieu"):
            typed = (make.STORY if step is Step.STORY else make.AUTHOR) | {field: hostile}
            errors = drafts.save_fields(session, viewer, UUID, step, typed)
            assert "caractères invisibles" in errors[field]


@pytest.mark.parametrize("name", ["html", "emoji", "rtl", "sql"])
def test_hostile_text_is_published_as_text(session: Session, name: str) -> None:
    viewer, where = make.visitor(), make.structure(session, "A")
    text = HOSTILE[name] + " et voilà la suite de l’histoire."
    row = make.published(session, viewer, where, title=text[:100], narrative=text)
    shown = experiences.public(session, row.id)
    assert shown.paragraphs[0].split() == row.narrative.split()
    without_marks = [c for c in text if c not in "\u202e\u202c\u2067\u2069"]
    assert row.narrative == "".join(without_marks).strip()


FIELD_BOUNDS = {
    ("title", Step.STORY): TITLE_MAX,
    ("narrative", Step.STORY): NARRATIVE_MAX,
    ("pseudonym", Step.AUTHOR): PSEUDONYM_MAX,
}


@pytest.mark.parametrize(("field", "step"), FIELD_BOUNDS)
def test_each_field_takes_its_bound_and_not_one_more(
    session: Session, field: str, step: Step
) -> None:
    bound, viewer = FIELD_BOUNDS[field, step], make.visitor()
    base = make.STORY if step is Step.STORY else make.AUTHOR
    assert drafts.save_fields(session, viewer, UUID, step, base | {field: "é" * bound}) == {}
    # A letter and its accent typed apart count as one, as they are read.
    typed = base | {field: "e\u0301" * bound}
    assert drafts.save_fields(session, viewer, UUID, step, typed) == {}
    errors = drafts.save_fields(session, viewer, UUID, step, base | {field: "é" * (bound + 1)})
    assert set(errors) == {field}
    assert "trop long de 1\u00a0caractère." in errors[field]
    assert f"{bound:,}".replace(",", "\u202f") in errors[field]
    assert stored(session, viewer)[field] == "é" * (bound + 1)


def test_an_address_is_bounded_and_checked(session: Session) -> None:
    viewer = make.visitor()

    def judged(email: str) -> dict[str, str]:
        return drafts.save_fields(
            session, viewer, UUID, Step.AUTHOR, make.AUTHOR | {"email": email}
        )

    assert judged("camille@exemple.fr") == judged("") == judged("elise@société.fr") == {}
    long = "a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".fr"
    assert len(long) > EMAIL_MAX
    for wrong in (
        "camille",
        "a@b",
        "a b@exemple.fr",
        "a@exemple.fr, b@exemple.fr",
        long,
        "@",
        "a@",
    ):
        assert set(judged(wrong)) == {"email"}, wrong
    # A line end is how a header is forged: it can only become a space, then be refused.
    assert set(judged("a@exemple.fr\nBcc: b@exemple.fr")) == {"email"}


@pytest.mark.parametrize(
    "blank", ["", " \n\t ", "\u200b\u200b\u200b" * 10, "\u3164" * 30, "\u2800"]
)
def test_a_text_that_shows_nothing_is_missing(session: Session, blank: str) -> None:
    typed = make.STORY | {"title": blank, "narrative": blank}
    errors = drafts.save_fields(session, make.visitor(), UUID, Step.STORY, typed)
    assert set(errors) == {"title", "narrative"}
    assert "titre" in errors["title"]
    assert "Racontez" in errors["narrative"]


def test_every_choice_is_one_of_the_programme(session: Session) -> None:
    viewer = make.visitor()
    choices = {
        "ressenti": (set(Ressenti), True),
        "posted_as": (set(PostedAs), True),
        **{name: (set(Ressenti), False) for name in TAG_FIELDS.values()},
    }
    for field, (allowed, needed) in choices.items():
        for value in [*allowed, "", "positif", "Positif ", "\x00", "🙂", "x" * 5000]:
            typed = make.STORY | {field: value}
            errors = drafts.save_fields(session, viewer, UUID, Step.STORY, typed)
            accepted = value in allowed or (not value and not needed)
            assert (field not in errors) == accepted, (field, value)


def test_places_are_of_the_lists(session: Session) -> None:
    viewer = make.visitor()
    for field in ("department", "country"):
        for value in ("ZZZ", "999", "<b>", "\u202e30"):
            typed = make.AUTHOR | {"department": "", field: value}
            errors = drafts.save_fields(session, viewer, UUID, Step.AUTHOR, typed)
            assert set(errors) == {field}
    assert drafts.save_fields(session, viewer, UUID, Step.AUTHOR, {"department": "2A"}) == {}


@pytest.mark.parametrize("value", [None, 12, 1.5, True, ["a"], {"a": "b"}, b"octets"])
def test_what_is_not_text_is_nothing(session: Session, value: object) -> None:
    viewer = make.visitor()
    typed = dict.fromkeys([*make.STORY, *make.AUTHOR, "unknown"], value)
    for step in (Step.STORY, Step.AUTHOR):
        drafts.save_fields(session, viewer, UUID, step, typed)  # type: ignore[arg-type]
    drafts.save_services(session, viewer, UUID, {"use-A-desk": value})  # type: ignore[dict-item]
    assert all(value in ("", {}, "oui") for value in stored(session, viewer).values())
    assert "unknown" not in stored(session, viewer)
    for uuid in (value, "", "pas-un-uuid", "\x00", UUID + "0"):
        with pytest.raises(Invalid) as refused:
            drafts.store(session, make.visitor("b"), uuid, {})  # type: ignore[arg-type]
        assert set(refused.value.errors) == {"uuid"}


def test_structures_are_chosen_from_the_referential(session: Session) -> None:
    viewer, where = make.visitor(), make.tree(session)
    closed = make.structure(session, "CLOSED")
    closed.active = False
    for code in ("", "NOWHERE", "office", "OFFICE ", "OFFICE\x00", "' OR 1=1 --", "é", "A" * 65, 5):
        with pytest.raises(Invalid) as refused:
            drafts.choose(session, viewer, UUID, code)  # type: ignore[arg-type]
        assert set(refused.value.errors) == {"service"}
    with pytest.raises(Invalid):
        drafts.choose(session, viewer, UUID, closed.code)
    for row in where.all[:STRUCTURES_MAX]:
        drafts.choose(session, viewer, UUID, row.code)
    drafts.choose(session, viewer, UUID, where.top.code)
    with pytest.raises(Invalid, match="3 services au plus"):
        drafts.choose(session, viewer, UUID, where.stranger.code)
    chosen = [one.code for one in drafts.chosen(session, viewer)]
    assert chosen == [row.code for row in where.all[:STRUCTURES_MAX]]
    drafts.unchoose(session, viewer, "NOWHERE")
    drafts.unchoose(session, viewer, where.branch.code)
    assert [one.code for one in drafts.chosen(session, viewer)] == ["TOP", "OFFICE"]


def test_each_channel_has_its_ressenti(session: Session) -> None:
    viewer, where = make.visitor(), make.structure(session, "A")
    drafts.choose(session, viewer, UUID, where.code)

    def judged(**typed: str) -> dict[str, str]:
        fields = {name.replace("_", "-"): value for name, value in typed.items()}
        return drafts.save_services(session, viewer, UUID, fields)

    assert set(judged()) == {"channels-A"}
    for suffix in CHANNEL_FIELDS.values():
        assert set(judged(**{f"use_A_{suffix}": "oui"})) == {f"felt-A-{suffix}"}
        assert judged(**{f"use_A_{suffix}": "oui", f"felt_A_{suffix}": "Neutre"}) == {}
        wrong = judged(**{f"use_A_{suffix}": "oui", f"felt_A_{suffix}": "neutre"})
        assert set(wrong) == {f"felt-A-{suffix}"}
    # A structure that was not chosen, a channel that does not exist: nothing is kept of them.
    judged(use_B_desk="oui", felt_B_desk="Neutre", use_A_smoke="oui")
    assert stored(session, viewer)["uses"] == {}


def test_no_service_is_said_and_not_with_one(session: Session) -> None:
    viewer, where = make.visitor(), make.structure(session, "A")
    assert set(drafts.save_services(session, viewer, UUID, {})) == {"service"}
    assert drafts.save_services(session, viewer, UUID, {"outside": "oui"}) == {}
    drafts.choose(session, viewer, UUID, where.code)
    assert stored(session, viewer)["outside"] == ""
    typed = {"outside": "oui", "use-A-desk": "oui", "felt-A-desk": "Neutre"}
    assert drafts.save_services(session, viewer, UUID, typed) == {}
    assert stored(session, viewer)["outside"] == ""


def test_a_structure_closed_since_is_told(session: Session) -> None:
    viewer, where = make.visitor(), make.structure(session, "A")
    make.draft(session, viewer, where)
    where.active = False
    session.flush()
    assert drafts.reached(session, viewer) is Step.SERVICE
    with pytest.raises(Invalid, match="n’est plus ouvert"):
        drafts.checked(session, viewer)


def test_codes_that_begin_alike_are_judged_apart(session: Session) -> None:
    viewer = make.visitor()
    for code in ("A-1", "A"):
        drafts.choose(session, viewer, UUID, make.structure(session, code).code)
    errors = drafts.save_services(session, viewer, UUID, {"use-A-1-desk": "oui"})
    assert set(errors) == {"felt-A-1-desk", "channels-A"}


def test_two_tabs_write_one_draft(session: Session) -> None:
    viewer, second = make.visitor(), str(uuid4())
    first = drafts.store(session, viewer, UUID.upper(), {"title": "un"})
    assert first == UUID
    assert drafts.store(session, viewer, second, {"narrative": "deux"}) == UUID
    assert stored(session, viewer) == {"title": "un", "narrative": "deux"}
    assert session.scalar(select(func.count()).select_from(DraftRow)) == 1


def test_a_draft_belongs_to_its_visitor(session: Session) -> None:
    drafts.store(session, make.visitor("a"), UUID, {"title": "à moi"})
    assert drafts.data_of(session, make.visitor("b")) == ("", {})
    assert drafts.data_of(session, NOBODY) == ("", {})
    drafts.erase(session, make.visitor("b"))
    drafts.erase(session, NOBODY)
    assert stored(session, make.visitor("a")) == {"title": "à moi"}
    drafts.erase(session, make.visitor("a"))
    drafts.erase(session, make.visitor("a"))
    assert drafts.data_of(session, make.visitor("a")) == ("", {})


def test_without_a_cookie_nothing_is_written(session: Session) -> None:
    for gesture in (
        lambda: drafts.store(session, NOBODY, UUID, {}),
        lambda: drafts.save_fields(session, NOBODY, UUID, Step.STORY, make.STORY),
        lambda: drafts.save_services(session, NOBODY, UUID, {}),
        lambda: experiences.send(session, NOBODY, UUID),
    ):
        with pytest.raises(Refused, match="cookies"):
            gesture()
    drafts.unchoose(session, NOBODY, "A")
    assert session.scalar(select(func.count()).select_from(DraftRow)) == 0


def test_what_is_too_large_changes_nothing(session: Session) -> None:
    viewer = make.visitor()
    drafts.store(session, viewer, UUID, {"narrative": "gardé"})
    for text in ("a" * (DRAFT_BYTES_MAX + 1), "é" * (DRAFT_BYTES_MAX // 2 + 1)):
        with pytest.raises(Invalid, match="beaucoup trop long") as refused:
            drafts.store(session, viewer, UUID, {"narrative": text})
        assert set(refused.value.errors) == {"narrative"}
    assert stored(session, viewer) == {"narrative": "gardé"}
    emoji = "🙂" * NARRATIVE_MAX
    typed = make.STORY | {"narrative": emoji}
    assert drafts.save_fields(session, viewer, UUID, Step.STORY, typed) == {}


def test_one_returns_to_the_first_step_that_is_not_right(session: Session) -> None:
    viewer, where = make.visitor(), make.structure(session, "A")
    assert drafts.reached(session, viewer) is Step.SERVICE
    uuid = make.draft(session, viewer, where)
    assert drafts.reached(session, viewer) is Step.CHECK
    drafts.save_fields(session, viewer, uuid, Step.AUTHOR, {"email": "non"})
    assert drafts.reached(session, viewer) is Step.AUTHOR
    drafts.save_fields(session, viewer, uuid, Step.STORY, {})
    assert drafts.reached(session, viewer) is Step.STORY
    with pytest.raises(Invalid) as refused:
        drafts.checked(session, viewer)
    assert set(refused.value.errors) == {"title", "narrative", "ressenti", "posted_as", "email"}


def test_errors_come_in_the_order_of_the_page(session: Session) -> None:
    errors = drafts.save_fields(session, make.visitor(), UUID, Step.STORY, {})
    assert list(errors) == ["ressenti", "posted_as", "title", "narrative"]


def test_a_tab_left_open_cannot_begin_what_was_sent(session: Session) -> None:
    viewer = make.visitor()
    row = make.sent(session, viewer)
    late: list[tuple[str, dict[str, str]]] = [(row.uuid, make.STORY), (row.uuid.upper(), {})]
    for uuid, typed in late:
        with pytest.raises(Conflict, match="déjà envoyée"):
            drafts.save_fields(session, viewer, uuid, Step.STORY, typed)
    assert drafts.data_of(session, viewer) == ("", {})


def test_every_error_is_a_domain_error_whatever_the_order(
    session: Session, structure_rows: list[StructureRow]
) -> None:
    """Whatever is typed, in whatever order, a draft is kept or refused with words."""
    import random

    rng = random.Random(20260302)
    viewer = make.visitor()
    values = [*HOSTILE.values(), "Positif", "oui", ""]
    for _ in range(120):
        typed = {
            name: rng.choice(values)
            for name in [*make.STORY, *make.AUTHOR, "outside", "use-A-desk", "felt-A-desk"]
        }
        gesture = rng.choice(["story", "author", "services", "choose", "unchoose"])
        try:
            if gesture in ("choose", "unchoose"):
                code = rng.choice([*(row.code for row in structure_rows), *HOSTILE.values()])
                if gesture == "choose":
                    drafts.choose(session, viewer, UUID, code)
                else:
                    drafts.unchoose(session, viewer, code)
            elif gesture == "services":
                drafts.save_services(session, viewer, UUID, typed)
            else:
                step = Step.STORY if gesture == "story" else Step.AUTHOR
                drafts.save_fields(session, viewer, UUID, step, typed)
        except DomainError as error:
            assert error.message.endswith(".")
    assert rows.find(session, viewer.visitor, DraftKind.EXPERIENCE) is not None


@pytest.fixture
def structure_rows(session: Session) -> list[StructureRow]:
    """A few structures to choose from."""
    return [make.structure(session, code) for code in ("A", "B", "C", "D")]
