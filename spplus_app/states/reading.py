"""One published document: what is told of it, its text, and that its marks have moved."""

from __future__ import annotations

import re

import reflex as rx
from sqlalchemy.orm import Session

from ..components import document_page, marking, marking_others
from ..domain.errors import Gone, NotFound
from ..domain.roles import NOBODY, Viewer
from ..services.documents import distress, others, sentence, texts, view
from ..services.documents.view import DocumentView
from .base import id_of, look
from .live import watch
from .registry import Who, event


def number_of(value: str) -> int:
    """Return a rank that an address asks for, 0 for anything that is none."""
    return int(value) if re.fullmatch(r"\d{1,6}", value) else 0


def body(
    session: Session, shown: DocumentView, part: int, phrase: int, viewer: Viewer = NOBODY
) -> str:
    """Return the reading view as HTML.

    ``phrase`` (from 1, 0 for none) is the sentence to mark; what this viewer made of it, and what
    others did, are told only then: the page is else the same for everyone.
    """
    read = view.read(session, shown.id, part, phrase - 1, viewer)
    if read is None or not read.text.sentences:
        return str(document_page.without_text())
    one = read.text.sentences[read.sentence]
    words = read.text.text[one.start : one.end]
    at: marking.At | None = marking.At(shown.id, read.sentence, len(read.text.sentences), words)
    mine, theirs = marking.NOTHING, marking_others.CLOSED_TO_ME
    if shown.hidden:
        at = None
    elif phrase and viewer.visitor:
        mine, theirs = _made(session, viewer, shown.id, read.sentence)
    return str(
        document_page.view(
            shown.id, read.text, read.part, read.parts, read.drawn, shown.pages, at, mine, theirs
        )
    )


def _made(
    session: Session, viewer: Viewer, document_id: int, at: int
) -> tuple[marking.Own, marking_others.Others]:
    found = others.others(session, viewer, document_id, range(at, at + 1))
    own = sentence.own(session, viewer, document_id, at)
    mark = own.mark
    mine = marking.Own(
        tone=mark.tone if mark else "",
        reasons=mark.reasons if mark else (),
        understood=mark.understood if mark else "",
        rewrite=mark.rewrite if mark else "",
        marks=own.marks,
        sent=found.sent,
        told=mark.told if mark else "",
        held=own.held,
        help=distress.marked(session, viewer, document_id),
    )
    if not found.open:
        return mine, marking_others.CLOSED_TO_ME
    page = others.on_sentence(session, viewer, document_id, at)
    words = [
        marking_others.Word(one.id, one.tone, one.understood, one.rewrite)
        for one in page.marks
        if not one.mine and (one.understood or one.rewrite)
    ]
    return mine, marking_others.Others(True, found.heat[0] if found.heat else None, words)


def _look(shown: DocumentView) -> tuple[object, ...]:
    """What the reading view of a document is made from."""
    return shown.id, shown.version, shown.pages, shown.hidden


class DocumentState(rx.State):
    """One published document and a part of its text.

    The text is HTML, the same for everyone: marks are asked for by the element around it, to which
    ``moved`` (`texts.moved`) tells when to ask again.
    """

    view: DocumentView = DocumentView()
    body: str = ""
    found: bool = False
    gone: bool = False
    loaded: bool = False
    moved: int = 0
    _asked: tuple[int, int] = (0, 0)

    @event(who=Who.ANYONE)
    async def open(self) -> None:
        """Show the document of the address."""
        await watch(self, [texts.topic(id_of(self))], DocumentState.refresh)
        await self._read()

    @event(who=Who.ANYONE)
    async def refresh(self) -> None:
        """Read it again after somebody changed it or marked it."""
        await self._read()

    async def _read(self) -> None:
        document_id, asked = id_of(self), self.router.url.query_parameters
        part, phrase = number_of(asked.get("partie", "")), number_of(asked.get("phrase", ""))
        known = self.view if self.body and self._asked == (part, phrase) else DocumentView()

        def work(session: Session, viewer: Viewer) -> tuple[int, DocumentView, str | None]:
            moved = texts.moved(session, document_id)
            shown = view.public(session, document_id, viewer)
            same = _look(shown) == _look(known)
            # The same for all who read it; one that is hidden is read by moderation alone.
            who = viewer if shown.hidden else NOBODY
            return moved, shown, None if same else body(session, shown, part, phrase, who)

        try:
            self.moved, self.view, text = await look(self, work)
            self.found = True
        except NotFound as refusal:
            self.view, text, self.found = DocumentView(), "", False
            self.gone = isinstance(refusal, Gone)
        self._asked = (part, phrase)
        # A mark changes nothing of the text: what is set is sent, and drawn again over the marks.
        if text is not None and text != self.body:
            self.body = text
        self.loaded = True
