"""Masked words in the bytes of the database: not in its file, nor its journal, nor its index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from spplus_app.domain.drafts import Step
from spplus_app.domain.jobs import JobKind
from spplus_app.persistence import reading, unit_of_work
from spplus_app.persistence.engine import make_engine
from spplus_app.persistence.tables import DocumentHolderRow, ExperienceRow, JobRow
from spplus_app.services import (
    answers_back,
    clock,
    drafts,
    erasure,
    experiences,
    integrity,
    moderation,
    moderation_masking,
    originals,
    replies,
    scrubbing,
)
from spplus_app.services.documents import rights
from tests import documents
from tests import factories as make

AUTHOR = make.visitor("author")
PLANTED = {
    "phone": "06 98 17 53 42",
    "nir": "2 84 05 88 157 089 31",
    "email": "zorvanek@exemple.fr",
    "name": "Odette Zorvanek",
    "address": "12 rue Zorvanek, 75011 Paris",
}
TELLING = (
    "Je suis {name}, mon numéro de sécurité sociale est {nir}. J’habite 12 rue Zorvanek, "
    "75011 Paris. Appelez-moi au {phone} ou écrivez à {email}, le guichet était fermé."
).format(**PLANTED)
TRACES = ("orvanek", "98 17 53", "05 88 157", "0588157", "981753")


@pytest.fixture
def file(tmp_path: Path, sqlite_template: Path) -> Path:
    """A migrated SQLite file."""
    path = tmp_path / "spplus.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    return path


@pytest.fixture
def engine(file: Path) -> Engine:
    """The engine of that file, as the site makes it."""
    return make_engine(f"sqlite:///{file}")


def _do(engine: Engine, work: Callable[[Session], object]) -> object:
    with unit_of_work(engine) as session:
        return work(session)


def _bytes(file: Path) -> str:
    """All that the files of the database hold, folded as the index folds words."""
    raw = b"".join(path.read_bytes() for path in sorted(file.parent.glob(file.name + "*")))
    return raw.decode("latin-1").lower()


def _later(engine: Engine, file: Path) -> str:
    """All that the files hold once the job that each of these gestures writes is done."""
    with reading(engine) as session:
        asked = session.scalars(
            select(JobRow.run_at).where(JobRow.kind == JobKind.SCRUB.value)
        ).all()
    assert asked and all(moment - clock.now() <= scrubbing.WITHIN for moment in asked)
    scrubbing.run(engine)
    return _bytes(file)


def _noise(engine: Engine, count: int = 60) -> None:
    """Other texts around: rows on the same pages, segments of the index that are merged late."""
    for number in range(count):
        text = f"{make.NARRATIVE} {uuid4().hex} {uuid4().hex} bruit{number} " * (1 + number % 7)
        _do(engine, lambda s, t=text: make.published(s, make.visitor(uuid4().hex), narrative=t))


def _planted(engine: Engine, **story: str) -> int:
    def write(session: Session) -> int:
        row = make.published(session, AUTHOR, make.structure(session, uuid4().hex[:8]), **story)
        return row.id

    _noise(engine)
    number = int(str(_do(engine, write)))
    _noise(engine)
    return number


def test_what_was_found_in_a_deposit_is_nowhere(engine: Engine, file: Path) -> None:
    uuid = str(_do(engine, lambda s: make.draft(s, AUTHOR, make.structure(s, "A"))))
    typed = make.STORY | {"narrative": TELLING, "title": "Zorvanek@exemple.fr attend"}
    for some in (TELLING[:120], TELLING + " Et la suite.", TELLING):  # kept at each pause
        fields = typed | {"narrative": some}
        _do(engine, lambda s, f=fields: drafts.save_fields(s, AUTHOR, uuid, Step.STORY, f))
        _noise(engine, 5)
    assert "orvanek" in _bytes(file)
    number = _do(engine, lambda s: experiences.send(s, AUTHOR, uuid))
    held = _later(engine, file)
    assert not [trace for trace in TRACES if trace in held]
    _, kept = _do(engine, lambda s: originals.unsealed(s, number))[0]  # type: ignore[arg-type,index]
    assert kept.narrative == TELLING


def test_a_word_masked_by_moderation_is_nowhere(engine: Engine, file: Path) -> None:
    narrative = "Zorvanek m’a reçue. " + make.NARRATIVE
    number = _planted(engine, narrative=narrative, title="Le guichet de Zorvanek")
    assert "orvanek" in _bytes(file)
    asked = {"piece_1": "Zorvanek", "kind_1": "person"}

    def mask(session: Session) -> None:
        moderation_masking.mask(session, make.moderator(session), number, 1, asked)

    _do(engine, mask)
    assert "orvanek" not in _later(engine, file)
    assert not _do(engine, lambda s: [one for one in integrity.check(s) if one.wrong])


def test_a_word_masked_later_by_its_author_is_nowhere(engine: Engine, file: Path) -> None:
    number = _planted(engine, narrative="Zorvanek m’a reçue. " + make.NARRATIVE)

    def around(session: Session) -> None:
        row = session.get_one(ExperienceRow, number)
        met = experiences.experiences.met(session, [number])[number][0].structure
        typed = make.REPLY | {"text": "Zorvanek vous rappellera, c’est promis."}
        viewer = make.agent(session, met)
        replies.save_draft(session, viewer, number, uuid := str(uuid4()), typed)
        said = replies.send(session, viewer, row.id, uuid, typed)
        answers_back.answer_back(session, AUTHOR, said, str(uuid4()), "Merci à Zorvanek.")

    _do(engine, around)
    _noise(engine, 20)
    asked = {"piece_1": "Zorvanek", "kind_1": "person"}
    _do(engine, lambda s: moderation_masking.mask_own(s, AUTHOR, number, 1, asked))
    assert "orvanek" not in _later(engine, file)
    _noise(engine, 20)
    assert "orvanek" not in _later(engine, file)


def test_an_answer_and_a_reply_as_typed_are_nowhere(engine: Engine, file: Path) -> None:
    number = _planted(engine)

    def reply(session: Session) -> int:
        met = experiences.experiences.met(session, [number])[number][0].structure
        viewer, typed = make.agent(session, met), make.REPLY | {"text": TELLING}
        replies.save_draft(session, viewer, number, uuid := str(uuid4()), typed)
        seal = replies.look_over(session, viewer, number, typed).seal
        return replies.send(session, viewer, number, uuid, typed | {"seen": seal})

    said = int(str(_do(engine, reply)))

    def answer(session: Session) -> None:
        seal = answers_back.look_over(session, AUTHOR, said, {"answer": TELLING}).seal
        answers_back.answer_back(session, AUTHOR, said, str(uuid4()), TELLING, {"seen": seal})

    _do(engine, answer)
    held = _later(engine, file)
    assert not [trace for trace in TRACES if trace in held]


@pytest.mark.parametrize("choice", erasure.Choice)
def test_an_erased_author_is_nowhere(engine: Engine, file: Path, choice: erasure.Choice) -> None:
    number = _planted(engine, pseudonym="Zorvaneke")

    def edit(session: Session) -> None:
        typed = {**make.STORY, "title": "Un autre titre", "pseudonym": "", "note": "Sans nom."}
        moderation.edit(session, make.moderator(session), number, 1, typed)

    _do(engine, edit)
    assert "orvanek" in _bytes(file)

    def erase(session: Session) -> None:
        erasure.erase(session, AUTHOR, session.get_one(ExperienceRow, number), choice)

    _do(engine, erase)
    assert "orvanek" not in _later(engine, file)


def test_an_erased_document_is_nowhere(engine: Engine, file: Path) -> None:
    told = "Le guichet de Zorvanek vous doit un indu."

    def around(session: Session) -> None:
        for number in range(30):
            documents.published(session, None, f"{uuid4().hex} bruit{number} {uuid4().hex}")

    def publish(session: Session) -> int:
        row = documents.published(session, None, told, title="Indu Zorvanek")
        whose = DocumentHolderRow(visitor=AUTHOR.visitor, document_id=row.id)
        whose.created_at = clock.now()
        session.add(whose)
        return row.id

    for _ in range(4):
        _do(engine, around)
    number = int(str(_do(engine, publish)))
    for _ in range(4):
        _do(engine, around)
    assert "orvanek" in _bytes(file)
    _do(engine, lambda s: rights.erase(s, AUTHOR, number, {"mot": rights.WORD}))
    assert "orvanek" not in _later(engine, file)


def test_what_several_gestures_ask_for_is_done_once(engine: Engine) -> None:
    _do(engine, scrubbing.ask)
    _do(engine, scrubbing.ask)
    with reading(engine) as session:
        assert len(session.scalars(select(JobRow).where(JobRow.kind == "scrub")).all()) == 1


def test_somebody_who_reads_is_waited_for(engine: Engine, file: Path) -> None:
    number = _planted(engine, narrative="Zorvanek m’a reçue. " + make.NARRATIVE)
    with reading(engine) as session:
        session.get(ExperienceRow, number)
        _do(engine, lambda s: erasure.erase(s, AUTHOR, s.get_one(ExperienceRow, number), _REMOVE))
        with pytest.raises(scrubbing.StillRead):
            scrubbing.run(engine)
    assert "orvanek" not in _later(engine, file)


_REMOVE = erasure.Choice.REMOVE
