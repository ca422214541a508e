"""A hard document from its first byte to its masked pages: services and jobs, nothing mocked."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from spplus_app.adapters import file_store
from spplus_app.domain.abuse import LIMITS, Gesture, Scope
from spplus_app.domain.documents.reading import Box
from spplus_app.domain.documents.stages import Stage
from spplus_app.domain.errors import (
    Conflict,
    DomainError,
    Invalid,
    NotFound,
    Refused,
    SignedOut,
    TooMany,
)
from spplus_app.domain.roles import NOBODY, Role, Viewer
from spplus_app.persistence import documents as rows
from spplus_app.persistence import reading as read
from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import (
    DocumentFileRow,
    DocumentReadingRow,
    DocumentRow,
    JobRow,
    UploadRow,
)
from spplus_app.services import clock
from spplus_app.services.documents import (
    covering,
    deposit,
    housekeeping,
    masking,
    moderation,
    places,
    reading,
    sending,
    texts,
    uploads,
)
from spplus_app.settings import settings
from tests import factories
from tests.adapters.documents import pdf_maker

ME, OTHER = factories.visitor("depositor"), factories.visitor("somebody else")
TYPED = {"kind": "letter", "problem-jargon": "oui", "hard": "Je ne comprends pas « indu »."}
LETTER = (
    "Madame Zorah Belkacemi\n14 rue des Lilas\n95100 Argenteuil\n\nObjet : votre dossier\n\n"
    "Vous avez perçu un indu de 412 euros. Votre téléphone est le 06 12 34 56 78.\n"
)


@pytest.fixture(autouse=True)
def _var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SPPLUS_VAR", str(tmp_path / "var"))
    settings.cache_clear()
    yield
    settings.cache_clear()


def upload(session: Session, form: str, name: str, content: bytes, who: Viewer = ME) -> str:
    """Send a file in two parts, as a page does."""
    uuid = str(uuid4())
    uploads.begin(session, who, form, uuid, name, len(content))
    half = (len(content) + 1) // 2
    uploads.receive(session, who, uuid, 0, content[:half])
    if content[half:]:
        uploads.receive(session, who, uuid, half, content[half:])
    return uuid


def sent(engine: Engine, name: str, content: bytes) -> int:
    """Send a document of one file; return its id."""
    form = str(uuid4())
    with unit_of_work(engine) as session:
        upload(session, form, name, content)
        return deposit.send(session, ME, form, TYPED)


def photo(text: str = "Madame Belkacemi") -> bytes:
    """A photo in which something is written."""
    image = Image.new("RGB", (900, 300), "white")
    ImageDraw.Draw(image).text((40, 100), text, fill="black", font_size=48)
    made = io.BytesIO()
    image.save(made, "JPEG", quality=90)
    return made.getvalue()


# ---- Files on their way -----------------------------------------------------------------------


def test_a_cut_connection_goes_on_where_it_stopped(session: Session) -> None:
    form, uuid = str(uuid4()), str(uuid4())
    assert uploads.begin(session, ME, form, uuid, "lettre.TXT", 6).received == 0
    assert uploads.receive(session, ME, uuid, 0, b"abc").received == 3
    assert uploads.begin(session, ME, form, uuid, "lettre.TXT", 6).received == 3
    with pytest.raises(uploads.Elsewhere) as where:
        uploads.receive(session, ME, uuid, 0, b"abc")
    assert where.value.received == 3
    assert uploads.receive(session, ME, uuid, 3, b"def").whole
    row = session.get_one(UploadRow, uuid)
    assert (row.suffix, places.content(row.stored)) == (".txt", b"abcdef")


def test_what_a_killed_gesture_left_behind_does_not_count(session: Session) -> None:
    form, uuid = str(uuid4()), str(uuid4())
    uploads.begin(session, ME, form, uuid, "a.txt", 6)
    row = session.get_one(UploadRow, uuid)
    places.append(row.stored, 0, b"xyz")  # written, and killed before its row
    uploads.receive(session, ME, uuid, 0, b"abc")
    places.append(row.stored, row.written, b"zzz")
    uploads.receive(session, ME, uuid, 3, b"def")
    assert places.content(row.stored) == b"abcdef"


def test_nothing_of_a_file_stands_on_the_disk_as_it_is(session: Session) -> None:
    upload(session, str(uuid4()), "a.txt", b"Belkacemi " * 200)
    files = [path for path in settings().var_dir.rglob("*") if path.is_file()]
    found = [path for path in files if path.parent.parent == places.store()]
    assert found and all(b"Belkacemi" not in path.read_bytes() for path in files)
    assert {path.stat().st_mode & 0o777 for path in found} == {0o600}


@pytest.mark.parametrize(
    ("name", "size"),
    [("a.exe", 5), ("a", 5), ("a.docm", 5), ("a.doc", 5), ("a.pdf", 0), ("a.pdf", 21 * 2**20)],
)
def test_a_file_that_will_not_be_taken_is_refused_before_it_is_sent(
    session: Session, name: str, size: int
) -> None:
    with pytest.raises(Invalid) as refused:
        uploads.begin(session, ME, str(uuid4()), str(uuid4()), name, size)
    assert list(refused.value.errors) == ["document"]


def test_a_file_is_received_from_its_browser_only(session: Session) -> None:
    form, uuid = str(uuid4()), str(uuid4())
    uploads.begin(session, ME, form, uuid, "a.txt", 6)
    for gesture in (
        lambda: uploads.receive(session, OTHER, uuid, 0, b"abc"),
        lambda: uploads.begin(session, OTHER, form, uuid, "a.txt", 6),
        lambda: uploads.receive(session, NOBODY, uuid, 0, b"abc"),
    ):
        with pytest.raises((NotFound, Invalid, Refused)):
            gesture()
    uploads.drop(session, OTHER, uuid)
    assert uploads.of_form(session, ME, form) and not uploads.of_form(session, OTHER, form)
    uploads.drop(session, ME, uuid)
    assert uploads.of_form(session, ME, form) == []


def test_a_part_too_long_for_its_file_is_refused(session: Session) -> None:
    uuid = str(uuid4())
    uploads.begin(session, ME, str(uuid4()), uuid, "a.txt", 2)
    for part in (b"", b"abc"):
        with pytest.raises(Invalid):
            uploads.receive(session, ME, uuid, 0, part)


# ---- The form ---------------------------------------------------------------------------------


def test_sent_twice_is_one_document_and_one_job(session: Session) -> None:
    form = str(uuid4())
    upload(session, form, "a.txt", LETTER.encode())
    first = deposit.send(session, ME, form, TYPED)
    assert deposit.send(session, ME, form, TYPED) == first
    assert session.scalar(select(func.count()).select_from(JobRow)) == 1
    assert session.scalar(select(func.count()).select_from(UploadRow)) == 0
    row = session.get_one(DocumentRow, first)
    assert (row.stage, row.problems, row.hard) == ("reading", ["jargon"], "")


def test_a_form_of_somebody_else_takes_nothing_from_them(session: Session) -> None:
    form = str(uuid4())
    upload(session, form, "a.txt", LETTER.encode())
    mine = deposit.send(session, ME, form, TYPED)
    theirs = deposit.send(session, OTHER, form, {**TYPED, "form": "Cerfa 12485"})
    assert mine != theirs
    with pytest.raises(NotFound):
        masking.opened(session, OTHER, mine)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, "kind"),
        ({"kind": "letter", "form": "Cerfa"}, "problems"),
        ({"kind": "letter", "problem-jargon": "oui"}, "document"),
        ({**TYPED, "form": "Cerfa", "structure": "NOWHERE"}, "structure"),
        ({**TYPED, "form": "Cerfa", "wished": "x" * 3000}, "wished"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    session: Session, typed: dict[str, str], wrong: str
) -> None:
    with pytest.raises(Invalid) as refused:
        deposit.send(session, ME, str(uuid4()), typed)
    assert wrong in refused.value.errors


def test_a_file_half_sent_or_two_files_of_text_wait(session: Session) -> None:
    form = str(uuid4())
    uuid = str(uuid4())
    uploads.begin(session, ME, form, uuid, "a.txt", 6)
    with pytest.raises(Invalid):
        deposit.send(session, ME, form, TYPED)
    uploads.receive(session, ME, uuid, 0, b"abcdef")
    upload(session, form, "b.pdf", b"%PDF-1.4")
    with pytest.raises(Invalid) as refused:
        deposit.send(session, ME, form, TYPED)
    assert "un seul fichier" in str(refused.value.errors["document"])


def test_an_agent_does_not_report_a_document_of_their_own(session: Session) -> None:
    where = factories.structure(session, "MINE")
    agent = replace(factories.person(session, (Role.AGENT, where)), visitor=ME.visitor)
    typed = {**TYPED, "form": "Cerfa 1", "structure": "MINE"}
    with pytest.raises(Refused):
        deposit.send(session, agent, str(uuid4()), typed)
    assert deposit.send(session, ME, str(uuid4()), typed)


def test_the_private_link_opens_the_document_to_another_browser(session: Session) -> None:
    number = deposit.send(session, ME, str(uuid4()), {**TYPED, "form": "Cerfa 12485"})
    token = deposit.receipt(session, ME, number).token
    with pytest.raises(NotFound):
        deposit.receipt(session, OTHER, number)
    with pytest.raises(NotFound):
        deposit.open_link(session, OTHER, token[:-1] + "?")
    assert deposit.open_link(session, OTHER, token) == number
    assert masking.opened(session, OTHER, number).id == number


# ---- Read, masked, published ------------------------------------------------------------------


def test_a_letter_is_read_masked_handed_over_and_published(engine: Engine) -> None:
    number = sent(engine, "lettre.txt", LETTER.encode())
    assert reading.run(engine, number) == "read 0 images"
    assert reading.run(engine, number) == "read 0 images"
    with unit_of_work(engine) as session:
        view = masking.opened(session, ME, number)
        assert view.stage is Stage.MASKING
        told = [view.document.text[one.start : one.end] for one in view.masks]
        assert "Madame Zorah Belkacemi" in told and "06 12 34 56 78" in told
        # One more, by hand; one less.
        start = view.document.text.index("412 euros")
        masking.add_mask(session, ME, number, start, start + 9, "chosen")
        phone = next(one for one in view.masks if one.kind == "phone")
        masking.remove_mask(session, ME, number, phone.start, phone.end)
        masking.add_mask(session, ME, number, phone.start, phone.end, "phone")
        with pytest.raises(Invalid):
            masking.hand_over(session, ME, number)
        masking.check_page(session, ME, number, 0)
        masking.hand_over(session, ME, number)
        masking.hand_over(session, ME, number)
    with unit_of_work(engine) as session:
        moderator = factories.moderator(session)
        waiting = moderation.queue(session, moderator)
        assert [one.id for one in waiting] == [number]
        view = masking.opened(session, moderator, number)
        assert [one.kind for one in view.lifted] == ["phone"]
        kept = session.get_one(DocumentReadingRow, number)
        with pytest.raises(Conflict):
            moderation.publish(session, moderator, number, kept.revision - 1)
        moderation.publish(session, moderator, number, kept.revision)
    assert covering.run(engine, number) == "covered 0 pages"
    with read(engine) as session:
        row = texts.published(session, number)
        _, text = texts.text_of(session, row)
        assert "Belkacemi" not in text.text and "412" not in text.text
        assert "Vous avez perçu un indu de [masqué]." in text.text
        assert (row.title, row.hard) == ("Votre dossier", "Je ne comprends pas « indu ».")
        assert session.get(DocumentReadingRow, number) is None
        assert session.scalar(select(func.count()).select_from(DocumentFileRow)) == 0
    assert [path for path in places.store().rglob("*") if path.is_file()] == []


def test_the_pages_of_a_pdf_are_painted_over_pixels_and_all(engine: Engine) -> None:
    lines = ["Madame Zorah Belkacemi", "Vous avez un indu."]
    content = pdf_maker.pdf([pdf_maker.stream(pdf_maker.drawn(lines, size=20))])
    number = sent(engine, "lettre.pdf", content)
    assert reading.run(engine, number) == "read 1 images"
    with unit_of_work(engine) as session:
        view = masking.opened(session, ME, number)
        before = Image.open(io.BytesIO(masking.page_picture(session, ME, number, 0)))
        with pytest.raises(NotFound):
            masking.page_picture(session, OTHER, number, 0)
        masks = [view.document.text[one.start : one.end] for one in view.masks]
        assert any("Belkacemi" in one for one in masks)
        page = view.pages[0]
        corner = Box(0, page.height * 0.9, page.width * 0.1, page.height)
        masking.add_area(session, ME, number, 0, corner)
        masking.check_page(session, ME, number, 0)
        masking.hand_over(session, ME, number)
    with unit_of_work(engine) as session:
        moderator = factories.moderator(session)
        moderation.publish(
            session, moderator, number, session.get_one(DocumentReadingRow, number).revision
        )
    assert covering.run(engine, number) == "covered 1 pages"
    with read(engine) as session:
        row = rows.pages(session, number)[0]
        assert row.stored == ""
        after = Image.open(io.BytesIO(file_store.get(places.store(), row.shown)))
        text = texts.text_of(session, texts.published(session, number))[1].text
    assert after.size == before.size
    assert "Belkacemi" not in text
    # Where the name stood, and in the corner, nothing is left but the cover.
    regions = view.document.regions(view.masks[0].start, view.masks[0].end)
    scale = before.width / page.width
    box = regions[0].box
    inside = after.convert("RGB").crop(
        (
            int(box.left * scale) + 1,
            int(box.top * scale) + 1,
            int(box.right * scale) - 1,
            int(box.bottom * scale) - 1,
        )
    )
    assert inside.getcolors() == [(inside.width * inside.height, (22, 22, 22))]
    assert after.convert("RGB").getpixel((5, after.height - 5)) == (22, 22, 22)


def test_a_file_that_cannot_be_read_leaves_a_sentence_and_nothing_of_itself(
    engine: Engine,
) -> None:
    number = sent(engine, "lettre.pdf", b"%PDF-1.4\nnothing of a PDF after that\n")
    assert reading.run(engine, number) == "unreadable"
    assert reading.run(engine, number) == "nothing to read"
    with read(engine) as session:
        row = session.get_one(DocumentRow, number)
        assert row.stage == Stage.UNREADABLE and row.told.endswith(".")
        again = sending.again(session, ME, number)
        assert again.fields["hard"] == TYPED["hard"]
        assert sending.again(session, OTHER, number).fields == {}
    assert [path for path in places.store().rglob("*") if path.is_file()] == []


def test_a_photo_is_read_with_its_page(engine: Engine) -> None:
    number = sent(engine, "photo.jpg", photo("Madame Zorah Belkacemi"))
    assert reading.run(engine, number) == "read 1 images"
    with read(engine) as session:
        view = masking.opened(session, ME, number)
    assert "Belkacemi" in view.document.text
    assert view.pictures == [True]
    assert any("Belkacemi" in view.document.text[one.start : one.end] for one in view.masks)


def test_a_description_alone_is_masked_and_published(engine: Engine) -> None:
    typed = {**TYPED, "described": "Une lettre de la CAF, tél. 06 12 34 56 78, que je ne suis pas."}
    with unit_of_work(engine) as session:
        number = deposit.send(session, ME, str(uuid4()), typed)
        view = masking.opened(session, ME, number)
        assert {one.name: one.shown for one in view.words}["described"] == (
            "Une lettre de la CAF, tél. [téléphone], que je ne suis pas."
        )
        masking.check_page(session, ME, number, 0)
        masking.hand_over(session, ME, number)
        moderator = factories.moderator(session)
        moderation.publish(session, moderator, number, 0)
    with read(engine) as session:
        text = texts.text_of(session, texts.published(session, number))[1].text
    assert text == "Une lettre de la CAF, tél. [téléphone], que je ne suis pas."


def test_what_a_depositor_keeps_in_their_own_words_is_told_as_it_is(session: Session) -> None:
    typed = {**TYPED, "described": "Le 06 12 34 56 78 de l’accueil ne répond pas."}
    number = deposit.send(session, ME, str(uuid4()), typed)
    masking.keep_words(session, ME, number, "06 12 34 56 78", True)
    shown = {one.name: one.shown for one in masking.opened(session, ME, number).words}
    assert shown["described"] == typed["described"]
    masking.keep_words(session, ME, number, "06 12 34 56 78", False)
    shown = {one.name: one.shown for one in masking.opened(session, ME, number).words}
    assert "[téléphone]" in shown["described"]


# ---- Who may ----------------------------------------------------------------------------------


def test_only_its_depositor_sees_a_document_before_it_is_handed_over(session: Session) -> None:
    number = deposit.send(session, ME, str(uuid4()), {**TYPED, "form": "Cerfa"})
    where = factories.structure(session, "OFFICE")
    agent = factories.person(session, (Role.AGENT, where))
    for viewer in (OTHER, NOBODY, agent, factories.moderator(session)):
        with pytest.raises(NotFound):
            masking.opened(session, viewer, number)
        with pytest.raises(DomainError):
            masking.check_page(session, viewer, number, 0)
        with pytest.raises(DomainError):
            masking.hand_over(session, viewer, number)


def test_only_moderation_decides_and_once_handed_over_the_depositor_waits(
    session: Session,
) -> None:
    number = deposit.send(session, ME, str(uuid4()), {**TYPED, "form": "Cerfa"})
    masking.check_page(session, ME, number, 0)
    masking.hand_over(session, ME, number)
    with pytest.raises(Conflict):
        masking.check_page(session, ME, number, 0)
    where = factories.structure(session, "OFFICE")
    agent = factories.person(session, (Role.AGENT, where))
    for viewer, kind in ((ME, SignedOut), (NOBODY, SignedOut), (agent, Refused)):
        with pytest.raises(kind):
            moderation.publish(session, viewer, number, 0)
        with pytest.raises(kind):
            moderation.refuse(session, viewer, number, "Non.")
        with pytest.raises(kind):
            moderation.queue(session, viewer)
    moderator = factories.moderator(session)
    masking.check_page(session, moderator, number, 0)
    with pytest.raises(Invalid):
        moderation.give_back(session, moderator, number, " ")
    moderation.give_back(session, moderator, number, "Votre nom est resté en page 1.")
    view = masking.opened(session, ME, number)
    assert (view.stage, view.told, view.checked) == (
        Stage.MASKING,
        "Votre nom est resté en page 1.",
        [],
    )


def test_a_refused_document_keeps_its_reason_and_nothing_else(engine: Engine) -> None:
    number = sent(engine, "lettre.txt", LETTER.encode())
    reading.run(engine, number)
    with unit_of_work(engine) as session:
        masking.check_page(session, ME, number, 0)
        masking.hand_over(session, ME, number)
        moderator = factories.moderator(session)
        moderation.refuse(session, moderator, number, "Ce n’est pas d’une administration.")
    assert [path for path in places.store().rglob("*") if path.is_file()] == []
    with read(engine) as session:
        row = session.get_one(DocumentRow, number)
        assert (row.stage, row.told) == ("refused", "Ce n’est pas d’une administration.")
        assert session.get(DocumentReadingRow, number) is None
        with pytest.raises(NotFound):
            texts.published(session, number)


# ---- For a time only --------------------------------------------------------------------------


def test_what_is_over_goes(engine: Engine) -> None:
    number = sent(engine, "lettre.txt", LETTER.encode())
    reading.run(engine, number)
    with unit_of_work(engine) as session:
        uploads.begin(session, ME, str(uuid4()), str(uuid4()), "a.txt", 6)
        assert set(housekeeping.forget(session).values()) == {0}
    with clock.at(clock.now() + timedelta(days=181)), unit_of_work(engine) as session:
        gone = housekeeping.forget(session)
        assert (gone["documents"], gone["uploads"]) == (1, 1)
        assert session.get_one(DocumentRow, number).stage == Stage.WITHDRAWN
        assert session.get(DocumentReadingRow, number) is None


# ---- Against abuse ----------------------------------------------------------------------------


def test_many_documents_of_one_browser_wait_and_those_of_another_do_not(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIMITS_FACTOR", "1")
    settings.cache_clear()
    typed = {**TYPED, "form": "Cerfa 12485"}
    most = LIMITS[Gesture.DOCUMENT][Scope.VISITOR].most
    assert most is not None
    for _ in range(most):
        deposit.send(session, ME, str(uuid4()), typed)
    with pytest.raises(TooMany) as refused:
        deposit.send(session, ME, str(uuid4()), typed)
    assert "Ce que vous avez écrit est gardé." in refused.value.message
    assert deposit.send(session, OTHER, str(uuid4()), typed)


def test_a_part_sent_again_counts_no_other_file(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIMITS_FACTOR", "1")
    settings.cache_clear()
    form, uuid = str(uuid4()), str(uuid4())
    most = LIMITS[Gesture.UPLOAD][Scope.VISITOR].most or 0
    for _ in range(most + 5):
        assert uploads.begin(session, ME, form, uuid, "a.txt", 6).received == 0
