"""Personal data of a text: shown to its author in place, masked for everyone else.

The author's choices stand in the draft, as the words themselves: they hold wherever these words
come again, and outlive a correction of the text around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from ..domain.errors import Conflict, Invalid
from ..domain.experiences import TITLE_MAX
from ..domain.privacy import masked
from ..domain.privacy.choices import PIECE_MAX, PIECES_MAX, Choices, found, key, to_mask
from ..domain.privacy.kinds import Kind
from ..domain.roles import Viewer
from ..domain.text import ForbiddenCharacter, clean_line, clean_text, excerpt
from ..domain.values import Ressenti
from . import drafts, tokens
from .texts import Words

KEEP, MASK, ADD, DROP = "garder", "masquer", "ajouter", "enlever"
"""What an author may say of a piece: not personal, personal, more words to mask, no longer."""
UNSEEN = (
    "Un programme a trouvé des mots qui peuvent faire reconnaître quelqu’un. Renvoyez "
    "votre texte\u00a0: nous vous montrerons d’abord ce qui sera masqué."
)
_SEEN = "seen before leaving"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece found in a draft, for its author only; ``chosen`` when they asked for it."""

    text: str
    word: str
    reason: str
    kept: bool
    chosen: bool


def choices_of(data: dict[str, Any]) -> Choices:
    """Return what the author of a draft said of what was found."""
    kept, hidden = data.get("kept", []), data.get("hidden", [])
    return Choices(frozenset(str(one) for one in kept), tuple(str(one) for one in hidden))


def words_of(data: dict[str, Any]) -> Words:
    """Return the words of a draft as they were typed; empty for what no text may hold."""
    return Words(
        _clean(data, "title"),
        _clean(data, "narrative", several_lines=True),
        _clean(data, "pseudonym"),
    )


def _clean(data: dict[str, Any], name: str, *, several_lines: bool = False) -> str:
    value = str(data.get(name, ""))
    try:
        return clean_text(value) if several_lines else clean_line(value)
    except ForbiddenCharacter:
        return ""


def is_praise(ressenti: str) -> bool:
    """Whether an experience thanks: its agents may then be told by their first name."""
    return ressenti == Ressenti.POSITIVE


def safe(words: Words, choices: Choices, ressenti: str) -> Words:
    """Return the words that everyone may read; ``ressenti`` is the one of the experience.

    A name to sign with that is personal is left out: « [nom] » signs nothing. A title that grew
    past what a title may hold is cut at a word: « [adresse e-mail] » is longer than « a@b.fr ».
    """
    praise = is_praise(ressenti)
    return Words(
        excerpt(masked(words.title, to_mask(words.title, choices, praise=praise)), TITLE_MAX - 1),
        masked(words.narrative, to_mask(words.narrative, choices, praise=praise)),
        "" if to_mask(words.pseudonym, choices) else words.pseudonym,
    )


def kept_in(words: Words, ressenti: str) -> Choices:
    """Return the choices that a text already shows: what it still holds was kept."""
    return Choices(
        frozenset(
            key(text[one.start : one.end])
            for text in (words.title, words.narrative, words.pseudonym)
            for one in found(text, praise=is_praise(ressenti))
        )
    )


def pieces(data: dict[str, Any]) -> list[Piece]:
    """Return what was found in a draft, each piece once, in the order of the text."""
    words = words_of(data)
    praise = is_praise(str(data.get("ressenti", "")))
    texts = ((words.title, praise), (words.narrative, praise), (words.pseudonym, False))
    return _pieces(texts, choices_of(data))


def _pieces(texts: Iterable[tuple[str, bool]], choices: Choices) -> list[Piece]:
    """Return what is found in texts, each beside whether it thanks; each piece once."""
    seen: dict[str, Piece] = {}
    for text, praise in texts:
        for one in found(text, choices.hidden, praise=praise):
            piece = text[one.start : one.end]
            chosen = one.kind is Kind.CHOSEN
            kept = not chosen and key(piece) in choices.kept
            seen.setdefault(key(piece), Piece(piece, one.word, one.reason, kept, chosen))
    return list(seen.values())


@dataclass(frozen=True, slots=True)
class Shown:
    """What everyone may read of a text already: pieces kept in it, and which texts thank."""

    kept: frozenset[str] = frozenset()
    praise: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Leaving:
    """Texts about to leave: as everyone will read them, by name; ``pieces`` for who wrote them.

    ``seal`` is what the writer sends back to say that this, and nothing else, is what they saw.
    """

    texts: dict[str, str]
    pieces: list[Piece]
    seal: str

    @property
    def told(self) -> dict[str, Any]:
        """What the journal keeps of it: how many pieces, never one; nothing where none was."""
        kept = sum(one.kept for one in self.pieces)
        return {"masked": len(self.pieces) - kept, "kept": kept} if self.pieces else {}


def leaving(texts: Mapping[str, str], said: Mapping[str, str], shown: Shown = Shown()) -> Leaving:
    """Return texts as they would leave.

    ``said`` holds ``kept``, the pieces that are not personal, one a line. What ``shown`` keeps is
    before their eyes already: it is neither masked nor told again.
    """
    kept = frozenset(key(one) for one in said.get("kept", "").split("\n")[:PIECES_MAX])
    choices = Choices(kept | shown.kept)
    safe_texts = {
        name: masked(text, to_mask(text, choices, praise=name in shown.praise))
        for name, text in texts.items()
    }
    found_now = _pieces(((text, name in shown.praise) for name, text in texts.items()), choices)
    return Leaving(
        safe_texts,
        [one for one in found_now if key(one.text) not in shown.kept],
        tokens.keyed_hash(_SEEN, "\0".join(safe_texts.values())),
    )


def checked(texts: Mapping[str, str], said: Mapping[str, str], shown: Shown = Shown()) -> Leaving:
    """Return texts as they leave; `Conflict` when something found was not shown to their writer.

    ``said`` also holds ``seen``, the seal of what they saw last (see `leaving`).
    """
    found_now = leaving(texts, said, shown)
    if found_now.pieces and not tokens.same(said.get("seen", ""), found_now.seal):
        raise Conflict(UNSEEN)
    return found_now


def say(session: Session, viewer: Viewer, uuid: str, gesture: str, piece: str) -> None:
    """Note what the author says of a piece of their draft; the same twice changes nothing.

    Raises `Invalid` for words that are not in the text, and what `drafts.store` raises.
    """
    drafts.hold(session, viewer)
    _, data = drafts.data_of(session, viewer)
    kept = [str(one) for one in data.get("kept", [])]
    hidden = [str(one) for one in data.get("hidden", [])]
    asked = key(piece)
    if gesture == KEEP and any(key(one.text) == asked for one in pieces(data)):
        kept = [*(one for one in kept if one != asked), asked]
    elif gesture == MASK:
        kept = [one for one in kept if one != asked]
    elif gesture == ADD:
        hidden = _with_more(data, hidden, piece)
    elif gesture == DROP:
        hidden = [one for one in hidden if key(one) != asked]
    drafts.store(
        session, viewer, uuid, {"kept": kept[-PIECES_MAX:], "hidden": hidden[-PIECES_MAX:]}
    )


def _with_more(data: dict[str, Any], hidden: list[str], piece: str) -> list[str]:
    try:
        piece = clean_line(piece)[:PIECE_MAX]
    except ForbiddenCharacter:
        piece = ""
    words = words_of(data)
    if not piece:
        raise Invalid({"piece": "Écrivez les mots à masquer."})
    praise = is_praise(str(data.get("ressenti", "")))
    if not any(
        found(text, [piece], praise=praise) != found(text, praise=praise)
        for text in (words.title, words.narrative)
    ):
        if any(key(piece) in key(text) for text in (words.title, words.narrative)):
            raise Invalid({"piece": "Ces mots sont déjà masqués, ou coupés : écrivez-les entiers."})
        raise Invalid({"piece": "Ces mots ne sont pas dans votre texte. Recopiez-les tels quels."})
    return [*(one for one in hidden if key(one) != key(piece)), piece]
