"""The SQL of each page, frozen: one statement too many shows as a difference.

``SPPLUS_FREEZE=1`` writes the files again, to be read before they are committed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from spplus_app.domain.documents.search import DocumentSearch
from spplus_app.domain.reports import Kind
from spplus_app.domain.roles import Role, Viewer
from spplus_app.domain.search import Key, Rank, Search
from spplus_app.domain.search_index import position_of
from spplus_app.persistence import reading, unit_of_work
from spplus_app.persistence.tables import DocumentRow, StructureRow
from spplus_app.services import (
    answers_back,
    commitments,
    experiences,
    figures,
    follow_up,
    ledger,
    moderation_queue,
    replies,
    report_queue,
    reports,
    search,
    sitemap,
)
from spplus_app.services.documents import inbox, listing, marks, statuses
from tests import documents
from tests import factories as make

FROZEN = Path(__file__).parent / "sql"
AUTHOR = make.visitor("author")
READER = make.visitor("reader")
WORDS = Search(q="guichet dossier", ressenti="positif", service="OFFICE")
LETTERS = DocumentSearch(q="indu prestations", probleme="jargon", service="OFFICE")
LAST = Key(Rank.ANYWHERE, position_of(make.later(9999)))


@contextmanager
def recorded(engine: Engine) -> Iterator[list[str]]:
    """The statements that run meanwhile, without what differs from one database to the other."""
    statements: list[str] = []

    def keep(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(neutral(statement))

    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", keep)


def neutral(statement: str) -> str:
    """The statement on one line per clause: no columns, no spelling of parameters."""
    text = re.sub(r"\s+", " ", statement).strip()
    text = re.sub(r"%\(\w+\)s(::[A-Z]+(\([0-9]+\))?( WITH TIME ZONE)?)?|\?|\$\d+", "?", text)
    text = re.sub(r"IN \((\?(, )?)+\)|IN \(__\[POSTCOMPILE_\w+\]\)", "IN (…)", text)
    text = re.sub(r"IS (true|1)\b", "IS TRUE", text).replace("IS 0", "IS false")
    text = re.sub(r"^SELECT (?!count)(.*?) FROM ", lambda m: f"SELECT {tables(m[1])} FROM ", text)
    text = text.replace("LIMIT ? OFFSET ?", "LIMIT ?")
    return re.sub(r" (FROM|JOIN|WHERE|ORDER BY|LIMIT)\b", r"\n  \1", text)


def tables(columns: str) -> str:
    """The tables whose columns a SELECT returns."""
    return ", ".join(dict.fromkeys(f"{one}.*" for one in re.findall(r"(\w+)\.\w+", columns)))


def marked(session: Session, row: DocumentRow) -> DocumentRow:
    """Let a reader find a sentence of this document hard, for everyone."""
    given = documents.mark("indu de prestations")
    marks.put(session, READER, row.id, str(uuid4()), given)
    marks.send(session, READER, row.id)
    return row


class Scene:
    """Experiences committed: ``size`` of each kind, with replies and answers."""

    def __init__(self, engine: Engine, size: int) -> None:
        with unit_of_work(engine) as session:
            where = make.tree(session)
            self.moderator = make.moderator(session)
            self.agent = make.agent(session, where.branch)
            self.person = make.person(session, (Role.PROGRAMME, None))
            worker = make.agent(session, where.top)
            for _ in range(size):
                row = make.published(session, AUTHOR, where.office, where.other_office)
                reports.report(session, READER, Kind.EXPERIENCE, row.id, "insult", "Des mots.")
                make.sent(session, AUTHOR, where.office)
            self.number = row.id
            for _ in range(size):
                marked(session, documents.published(session, where.office))
                sent = marked(session, documents.published(session, where.office))
                statuses.move(session, self.moderator, sent.id, "send")
            for _ in range(size):
                typed = make.REPLY | {"structure": "OFFICE"}
                reply = replies.send(session, worker, row.id, str(uuid4()), typed)
                reports.report(session, READER, Kind.REPLY, reply, "insult", "")
                answers_back.answer_back(session, AUTHOR, reply, str(uuid4()), "Merci à vous.")


PAGES: dict[str, Callable[[Session, Scene], object]] = {
    "list": lambda s, scene: search.results(s, Search()),
    "list_next": lambda s, scene: search.results(s, Search(), LAST),
    "list_counts": lambda s, scene: search.counts(s, Search()),
    "list_total": lambda s, scene: search.total(s, Search()),
    "search": lambda s, scene: search.results(s, WORDS),
    "search_relevance": lambda s, scene: search.results(s, replace(WORDS, tri="pertinence")),
    "search_counts": lambda s, scene: search.counts(s, WORDS),
    "search_total": lambda s, scene: search.total(s, WORDS),
    "public": lambda s, scene: experiences.public(s, scene.number, READER),
    "similar": lambda s, scene: search.similar(s, scene.number),
    "queue": lambda s, scene: moderation_queue.queue(s, scene.moderator),
    "queue_next": lambda s, scene: moderation_queue.queue(s, scene.moderator, (make.START, 0)),
    "item": lambda s, scene: moderation_queue.item(s, scene.moderator, scene.number),
    "inbox_todo": lambda s, scene: replies.inbox(s, scene.agent),
    "inbox_late": lambda s, scene: replies.inbox(s, scene.agent, "late"),
    "inbox_replied": lambda s, scene: replies.inbox(s, scene.agent, "replied"),
    "inbox_next": lambda s, scene: replies.inbox(s, scene.agent, "todo", (make.START, 0)),
    "inbox_everywhere": lambda s, scene: replies.inbox(s, scene.person),
    "opened": lambda s, scene: replies.opened(s, scene.agent, scene.number),
    "mine": lambda s, scene: follow_up.mine(s, AUTHOR),
    "sitemap_files": lambda s, scene: sitemap.files(s, "experiences"),
    "sitemap": lambda s, scene: sitemap.addresses(s, "experiences", 0),
    "programme": lambda s, scene: (commitments.current(s), figures.shown(s)),
    "follow": lambda s, scene: follow_up.follow(s, AUTHOR, scene.number),
    "reported": lambda s, scene: report_queue.cases(s, scene.moderator),
    "report": lambda s, scene: report_queue.asked(s, "experience", scene.number),
    "ledger": lambda s, scene: ledger.shown(s),
    "documents": lambda s, scene: listing.results(s, DocumentSearch()),
    "documents_next": lambda s, scene: listing.results(s, DocumentSearch(), LAST.position),
    "documents_total": lambda s, scene: listing.total(s, DocumentSearch()),
    "documents_found": lambda s, scene: listing.results(s, LETTERS),
    "documents_counts": lambda s, scene: listing.numbers(s, DocumentSearch()),
    "documents_found_counts": lambda s, scene: listing.numbers(s, LETTERS),
    "documents_found_total": lambda s, scene: listing.total(s, LETTERS),
    "documents_to_send": lambda s, scene: inbox.inbox(s, scene.moderator),
    "documents_inbox": lambda s, scene: inbox.inbox(s, scene.agent),
    "documents_inbox_next": lambda s, scene: inbox.inbox(s, scene.agent, LAST.position),
    "documents_everywhere": lambda s, scene: inbox.inbox(s, scene.person),
}


APART = {"list_counts", "search", "similar", "search_relevance", "search_counts", "search_total"}
APART |= {"documents_found", "documents_found_total", "documents_found_counts"}
"""Pages whose statements differ: FTS5 here, tsvector there (`persistence/search_*`)."""


def statements(engine: Engine, scene: Scene, page: str) -> list[str]:
    """What a page asks of the database."""
    with reading(engine) as session, recorded(engine) as asked:
        PAGES[page](session, scene)
    return asked


@pytest.mark.parametrize("page", PAGES)
def test_the_sql_of_a_page_is_the_one_reviewed(engine: Engine, page: str) -> None:
    asked = "\n\n".join(statements(engine, Scene(engine, 2), page)) + "\n"
    path = FROZEN / f"{page}.sql"
    if page in APART:
        path = FROZEN / f"{page}.{engine.dialect.name}.sql"
    if os.environ.get("SPPLUS_FREEZE") and (page in APART or engine.dialect.name == "sqlite"):
        FROZEN.mkdir(exist_ok=True)
        path.write_text(asked, "utf-8")
    assert asked == path.read_text("utf-8"), "SPPLUS_FREEZE=1 writes it again: read the difference"


def test_a_page_asks_as_much_for_many_rows_as_for_one(engine: Engine) -> None:
    scene = Scene(engine, 1)
    # One experience looks like no other: nothing is read of those that would.
    pages = PAGES.keys() - {"similar"}
    counts = {page: len(statements(engine, scene, page)) for page in pages}
    with unit_of_work(engine) as session:
        # The same visitor and the same inboxes, with more in each.
        office = session.get(StructureRow, scene.agent.grants[0].structure_id)
        assert office is not None
        for _ in range(7):
            more = make.published(session, AUTHOR, office)
            reports.report(session, READER, Kind.EXPERIENCE, more.id, "insult", "Des mots.")
            make.sent(session, AUTHOR, office)
        worker: Viewer = make.agent(session, office)
        below = make.structure(session, "MORE", office)
        for rank in range(19):
            where = make.structure(session, f"L{rank}", office)
            marked(session, documents.published(session, where))
            sent = marked(session, documents.published(session, where))
            statuses.move(session, scene.moderator, sent.id, "send")
        extra = make.published(session, AUTHOR, below, office)
        for _ in range(5):
            reply = replies.send(
                session, worker, extra.id, str(uuid4()), make.REPLY | {"structure": "MORE"}
            )
            reports.report(session, READER, Kind.REPLY, reply, "insult", "")
            answers_back.answer_back(session, AUTHOR, reply, str(uuid4()), "Merci à vous.")
    scene.number = extra.id
    for page in pages:
        assert len(statements(engine, scene, page)) == counts[page], page


def test_nothing_is_left_frozen_without_its_page() -> None:
    assert {path.name.split(".")[0] for path in FROZEN.glob("*.sql")} == set(PAGES)
