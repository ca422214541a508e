"""The hard documents of the demonstration: what they say, and that nothing of anybody is left."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib import resources
from typing import Any

import pytest
from sqlalchemy import Engine, select

from spplus_app.demo import texts
from spplus_app.demo.load import LoadReport, load
from spplus_app.domain.documents.annotations import Tone, Why
from spplus_app.domain.documents.stages import Stage
from spplus_app.domain.documents.values import Act, Kind, Problem, Status, after
from spplus_app.persistence import documents as rows
from spplus_app.persistence import marks, reading
from spplus_app.persistence.tables import DocumentFileRow, DocumentReadingRow, DocumentRow
from spplus_app.services import clock
from spplus_app.services.documents import index, places

Row = dict[str, Any]


def content(name: str) -> list[Row]:
    folder = resources.files("spplus_app.demo") / "content"
    found: list[Row] = json.loads(folder.joinpath(f"{name}.json").read_text("utf-8"))["rows"]
    return found


DOCUMENTS = content("documents")
CODES = {row["code"] for row in content("invented")}
each = pytest.mark.parametrize("one", DOCUMENTS, ids=lambda one: one["key"])


def test_there_are_twenty_of_every_kind() -> None:
    assert len(DOCUMENTS) == len({one["key"] for one in DOCUMENTS}) == 20
    assert {one["kind"] for one in DOCUMENTS} == set(Kind)
    assert {problem for one in DOCUMENTS for problem in one["problems"]} == set(Problem)
    assert {mark["tone"] for one in DOCUMENTS for mark in one["marks"]} == set(Tone)
    assert {why for one in DOCUMENTS for mark in one["marks"] for why in mark["reasons"]} >= (
        set(Why) - {Why.LAYOUT}
    )
    stand = Counter(_ends(one) for one in DOCUMENTS)
    assert set(stand) == set(Status)


def _ends(one: Row) -> Status:
    status = Status.RECEIVED
    for step in one["acts"]:
        status = after(status, Act(step["act"]))
    return status


@each
def test_a_document_is_of_an_invented_structure_and_of_a_letter_s_length(one: Row) -> None:
    assert one["structure"] in CODES | {""}
    assert 80 <= len(re.findall(r"\w+", one["text"])) <= 320
    assert [step["days_after"] for step in one["acts"]] == sorted(
        step["days_after"] for step in one["acts"]
    )
    assert all(step["days_after"] < one["days_ago"] for step in one["acts"])
    assert one["problems"] and one["hidden"]
    for mark in one["marks"]:
        assert one["text"].count(mark["words"]) == 1
        assert bool(mark["reasons"]) is (mark["tone"] != Tone.CLEAR)


def test_documents_are_masked_published_marked_and_moved_and_their_files_gone(
    engine: Engine,
) -> None:
    assert load(engine).documents == 20
    assert load(engine) == LoadReport()
    letters = {letter.uuid: letter.row for letter in texts.letters()}
    with reading(engine) as session:
        for row in session.scalars(select(DocumentRow)):
            told = letters[row.uuid]
            assert (row.stage, row.status) == (Stage.PUBLISHED, _ends(told))
            assert row.marks == len(told["marks"])
            assert row.readers == len({one["reader"] for one in told["marks"]})
            version = rows.version(session, row.id, 1)
            assert version is not None
            shown = f"{row.title} {row.hard} {row.wished} {version.text}"
            assert [words for words in told["hidden"] if words in shown] == []
            assert marks.heat(session, row.id, 1)
            assert row.published_at and row.created_at < row.published_at <= clock.now()
        assert session.scalars(select(DocumentFileRow)).all() == []
        assert session.scalars(select(DocumentReadingRow)).all() == []
        assert index.differing(session) == []
    kept = [path for path in places.store().rglob("*") if path.is_file()]
    assert kept == []
