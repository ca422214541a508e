"""Files of documents when a gesture is undone, or a file lost: rows and files stay of one mind.

Nothing is mocked: files are written, deleted and missed where they stand.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from spplus_app.adapters import file_store
from spplus_app.domain.documents.masks import Area
from spplus_app.domain.errors import Conflict, NotFound
from spplus_app.persistence import documents as rows
from spplus_app.persistence import reading as read
from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import (
    DocumentPageRow,
    DocumentReadingRow,
    DocumentRow,
    UploadRow,
)
from spplus_app.services import clock
from spplus_app.services.documents import (
    drawn,
    housekeeping,
    masking,
    moderation,
    places,
    reading,
    rights,
    uploads,
)
from spplus_app.settings import settings
from tests import documents, factories
from tests.adapters.documents import pdf_maker
from tests.services.test_documents import LETTER, ME, sent, upload


@pytest.fixture(autouse=True)
def _var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SPPLUS_VAR", str(tmp_path / "var"))
    settings.cache_clear()
    yield
    settings.cache_clear()


class Undone(Exception):
    """A gesture cut short before it is written."""


def _files() -> list[Path]:
    return [path for path in places.store().rglob("*") if path.is_file()]


def _undone(engine: Engine, work: Callable[[Session], object]) -> None:
    with pytest.raises(Undone), unit_of_work(engine) as session:
        work(session)
        raise Undone


def test_a_file_taken_out_goes_with_its_row_or_not_at_all(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        uuid = upload(session, str(uuid4()), "lettre.txt", LETTER.encode())
    _undone(engine, lambda session: uploads.drop(session, ME, uuid))
    with read(engine) as session:
        row = session.get_one(UploadRow, uuid)
        assert places.content(row.stored) == LETTER.encode()
    with unit_of_work(engine) as session:
        uploads.drop(session, ME, uuid)
        assert len(_files()) == 1, "deleted before it was written"
    assert _files() == []


@pytest.mark.parametrize("act", ["withdraw", "erase", "refuse"])
def test_what_was_sent_goes_with_its_rows_or_not_at_all(engine: Engine, act: str) -> None:
    number = sent(engine, "lettre.txt", LETTER.encode())
    reading.run(engine, number)
    with unit_of_work(engine) as session:
        masking.check_page(session, ME, number, 0)
        masking.hand_over(session, ME, number)
        moderator = factories.moderator(session)

    def work(session: Session) -> None:
        if act == "withdraw":
            rights.withdraw(session, ME, number)
        elif act == "erase":
            rights.erase(session, ME, number, {"mot": "effacer"})
        else:
            moderation.refuse(session, moderator, number, "Ce n’est pas une lettre.")

    _undone(engine, work)
    with read(engine) as session:
        (row,) = rows.files(session, number)
        assert places.content(row.stored, row.size) == LETTER.encode()
    with unit_of_work(engine) as session:
        work(session)
    assert _files() == []


def test_what_is_over_is_swept_only_once_that_is_written(engine: Engine) -> None:
    number = sent(engine, "lettre.txt", LETTER.encode())
    reading.run(engine, number)
    for path in _files():  # as old as its rows
        os.utime(path, (0, 0))
    with clock.at(clock.now() + timedelta(days=181)):
        _undone(engine, housekeeping.forget)
        with read(engine) as session:
            (row,) = rows.files(session, number)
            assert places.content(row.stored, row.size) == LETTER.encode()
        with unit_of_work(engine) as session:
            assert housekeeping.forget(session)["documents"] == 1
    assert _files() == []


def test_the_images_of_an_erased_document_go_too(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        row = documents.published(session)
        rows.hold(session, ME.visitor, row.id, row.created_at)
        shown = file_store.put(places.store(), b"an image")
        session.add(
            DocumentPageRow(document_id=row.id, number=0, width=595, height=842, shown=shown)
        )
    with unit_of_work(engine) as session:
        rights.erase(session, ME, row.id, {"mot": "effacer"})
    assert _files() == []


def test_a_document_whose_file_is_lost_does_not_wait_for_ever(engine: Engine) -> None:
    number = sent(engine, "lettre.txt", LETTER.encode())
    for path in _files():
        path.unlink()
    assert reading.run(engine, number) == "unreadable"
    with read(engine) as session:
        row = session.get_one(DocumentRow, number)
        assert (row.stage, row.told) == ("unreadable", "Ce fichier n’est plus là.")
    assert reading.run(engine, number) == "nothing to read"


def test_a_document_read_whose_file_is_lost_keeps_its_text(engine: Engine) -> None:
    number = sent(engine, "lettre.txt", LETTER.encode())
    reading.run(engine, number)
    for path in _files():
        path.unlink()
    assert reading.run(engine, number) == "changed meanwhile"
    with read(engine) as session:
        assert masking.opened(session, ME, number).document.text
        with pytest.raises(NotFound):
            masking.page_picture(session, ME, number, 0)
        assert session.get_one(DocumentReadingRow, number).masks


def test_nobody_publishes_an_image_that_came_after_they_looked(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = pdf_maker.pdf([pdf_maker.stream(pdf_maker.drawn(["Vous avez un indu."], size=20))])
    number = sent(engine, "lettre.pdf", content)
    seen: list[int] = []

    def handed(*_: object) -> list[Area]:
        """Between the text and the image of its page: both look at the text alone."""
        with unit_of_work(engine) as session:
            masking.check_page(session, ME, number, 0)
            masking.hand_over(session, ME, number)
            view = masking.opened(session, factories.moderator(session), number)
            assert view.pictures == [False]
            seen.append(view.revision)
        return []

    monkeypatch.setattr(drawn, "areas", handed)
    assert reading.run(engine, number) == "read 1 images"
    with unit_of_work(engine) as session:
        moderator = factories.moderator(session)
        with pytest.raises(Conflict):
            moderation.publish(session, moderator, number, seen[0])
        view = masking.opened(session, moderator, number)
        assert view.pictures == [True]
        moderation.publish(session, moderator, number, view.revision)
