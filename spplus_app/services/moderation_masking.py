"""Words masked by moderation, or later by their author: everywhere, and in what came before."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ..domain.errors import Conflict, Invalid
from ..domain.experiences import STANDING, TITLE_MAX, Act, Status
from ..domain.journal import Entry
from ..domain.moderation import MASKABLE, MASKED_AT_ONCE
from ..domain.privacy import WORDS, Kind
from ..domain.privacy.choices import PIECE_MAX
from ..domain.privacy.masks import replaced
from ..domain.reports import Kind as Reportable
from ..domain.roles import Viewer
from ..domain.text import ForbiddenCharacter, clean_line, excerpt
from ..persistence import experiences, originals
from ..persistence.tables import ExperienceRow, VersionRow
from . import (
    authorship,
    experience_index,
    masked_around,
    moderation,
    record,
    reports,
    scrubbing,
    texts,
)
from . import originals as sealed
from .texts import Words

Pieces = list[tuple[str, Kind]]


def mask(
    session: Session, viewer: Viewer, experience_id: int, version: int, typed: dict[str, str]
) -> None:
    """Mask words of a text that waits, is published or is hidden.

    ``typed`` holds ``piece_1`` and ``kind_1``, the words and what replaces them, and so on. The
    text gets a new version, whose note tells what was masked and never the words. They are also
    masked in the versions before, whose words as they stood are sealed: nothing masked can be
    read any more in a difference or a past. Raises `Invalid` for words that are not in the text,
    and what `moderation.open_text` raises.
    """
    row = moderation.open_text(session, viewer, experience_id, version)
    if row.status not in STANDING:
        raise Conflict("Ce texte n’est plus à relire.")
    kept = _masked(session, viewer, row, _asked(typed, texts.words_of(row)))[0]
    kept.by_moderation, kept.person_id = True, viewer.person_id
    moderation.edited(session, viewer, row, kept.note, Act.MASK)


def mask_own(
    session: Session, viewer: Viewer, experience_id: int, version: int, typed: dict[str, str]
) -> None:
    """Mask more words of a text for its author, as `mask` does for moderation.

    A reply that held some is read again by moderation: it is not the author's own text. Pressed
    twice, with the ``version`` that was on the screen, it masks once. Raises `Invalid`,
    `Conflict`, and `NotFound` to any browser that did not open the private link.
    """
    row = authorship.held(session, viewer, experience_id)
    if row.status not in MASKABLE:
        raise Conflict("Ce texte n’est plus montré\u00a0: il n’y a rien à masquer.")
    words = texts.words_of(row)
    if version != row.version and not _left(typed, words):
        return
    _, replies = _masked(session, viewer, row, _asked(typed, words))
    for number in replies:
        reports.read_again(session, Reportable.REPLY, number)


def _left(typed: dict[str, str], words: Words) -> bool:
    """Whether some of the words that were copied still stand in the text."""
    asked = [typed.get(f"piece_{number}", "") for number in range(1, MASKED_AT_ONCE + 1)]
    pieces = [(piece, Kind.CHOSEN) for piece in asked if piece.strip()]
    return not pieces or _safe(words, pieces) != words


def _masked(
    session: Session, viewer: Viewer, row: ExperienceRow, pieces: Pieces
) -> tuple[VersionRow, list[int]]:
    """Mask words in a text, its past, and all around it; return its version, the replies changed.

    Everything that shows the text, or its title, is told.
    """
    version = row.version
    before = texts.words_of(row)
    _clear_the_past(session, row, pieces)
    kept = texts.change(session, row, _safe(before, pieces))
    kept.note = _note(pieces)
    replies = masked_around.mask(session, row.id, pieces)
    record.journal_entry(
        session,
        viewer,
        Entry.EXPERIENCE_MASKED,
        ("experience", row.id),
        before={"version": version},
        after={"version": row.version, "masked": len(pieces)},
    )
    topics = [record.MODERATION, record.experience_topic(row.id)]
    if row.status == Status.PUBLISHED:
        experience_index.refresh(session, row)
        topics.append(record.EXPERIENCES)
        for met in experiences.met(session, [row.id]).get(row.id, []):
            topics += record.inbox_topics(met.structure.path)
    record.changed(session, record.MASKED, *topics)
    scrubbing.ask(session)
    return kept, replies


def _asked(typed: dict[str, str], words: Words) -> Pieces:
    errors: dict[str, str] = {}
    pieces: Pieces = []
    for number in range(1, MASKED_AT_ONCE + 1):
        name = f"piece_{number}"
        try:
            piece = clean_line(typed.get(name, ""))
        except ForbiddenCharacter:
            piece = "\ufffd"
        if not piece:
            continue
        kind = typed.get(f"kind_{number}", "")
        if kind not in set(Kind):
            errors[f"kind_{number}"] = "Choisissez ce qui remplacera ces mots."
            continue
        if len(piece) > PIECE_MAX or words == _safe(words, [(piece, Kind(kind))]):
            errors[name] = (
                "Ces mots ne sont pas dans le texte, ou pas entiers. Recopiez-les tels quels."
            )
            continue
        pieces.append((piece, Kind(kind)))
    if not pieces and not errors:
        errors["piece_1"] = "Recopiez ici les mots à masquer."
    if errors:
        raise Invalid(errors)
    return pieces


def _safe(words: Words, pieces: Pieces) -> Words:
    """Return the words that everyone may read; a signature that held some of them is left out."""
    signed = replaced(words.pseudonym, pieces) == words.pseudonym
    title = replaced(words.title, pieces)
    return Words(
        words.title if title == words.title else excerpt(title, TITLE_MAX - 1),
        replaced(words.narrative, pieces),
        words.pseudonym if signed else "",
    )


def _clear_the_past(session: Session, row: ExperienceRow, pieces: Pieces) -> None:
    """Mask the same words in every version kept so far, and seal each as it stood.

    A version that is sealed already holds more than it shows: what was typed is not lost.
    """
    known = {one.number for one in originals.of_experience(session, row.id)}
    for version in experiences.versions(session, row.id):
        stood = Words(version.title, version.narrative, version.pseudonym)
        words = _safe(stood, pieces)
        if words == stood:
            continue
        if version.number not in known:
            sealed.keep_version(session, row.id, version.number, stood)
        version.title, version.narrative = words.title, words.narrative
        version.pseudonym = words.pseudonym


def _note(pieces: Pieces) -> str:
    names = list(dict.fromkeys(WORDS[kind].strip("[]") for _, kind in pieces))
    return f"Mots masqués\u00a0: {', '.join(names)}."
