"""Marking as HTML: one sentence at a time, three answers; what a form says without any script.

Written once, for the first paint and for the page; `assets/marking.js` saves each gesture at once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import htpy as h

from ..domain.documents.annotations import (
    REWRITE_MAX,
    UNDERSTOOD_MAX,
    WHY_NAMES,
    Tone,
    Why,
)
from . import words
from .helping import Numbers, helped
from .html import icon
from .marking_others import CLOSED_TO_ME, Others, tone_word

NBSP = "\u00a0"
API = "/api/marques"
"""The beginning of the addresses where marks are kept."""
KEYS: dict[Tone, str] = {Tone.CLEAR: "1", Tone.UNCLEAR: "2", Tone.WORRYING: "3"}
PRIVATE = "Vos marques ne sont vues que de vous tant que vous ne les envoyez pas."


@dataclass(frozen=True, slots=True)
class At:
    """Where a reader is: a sentence (from 0) of ``of``, and its words."""

    document: int
    sentence: int
    of: int
    words: str


@dataclass(frozen=True, slots=True)
class Own:
    """What a reader made of that sentence so far; a page that is the same for all knows none."""

    tone: str = ""
    reasons: Sequence[str] = ()
    understood: str = ""
    rewrite: str = ""
    marks: int = 0
    """How many marks of theirs the document bears."""
    sent: bool = False
    told: str = ""
    """What is said of this mark where moderation holds it or took it off."""
    held: int = 0
    """How many of their marks moderation holds or took off."""
    help: Numbers = ()
    """Whom they may call now, when what they wrote last tells of distress."""


NOTHING = Own()


def dock(at: At, own: Own = NOTHING, others: Others = CLOSED_TO_ME, page: int = 0) -> h.Element:
    """Where one marks: the sentence, three answers, why, a word; then send, or only look.

    ``page`` is that on whose image the sentence is seen, 0 for none.
    """
    return h.section(class_="dock", id="marquer", aria_labelledby="marquer-titre")[
        h.details(class_="dock__fold", open=True)[
            h.summary[h.h2(id="marquer-titre")["Marquez ce qui vous perd"]],
            h.div(class_="dock__body stack--tight")[
                _sentence(at, own, page),
                h.spplus_help(data_words=json.dumps(words.HELP_MARKING, ensure_ascii=False))[
                    helped(own.help, words.HELP_MARKING)
                ],
                h.p(class_="dock__status", role="status"),
                h.button(
                    type="button",
                    class_="fr-btn fr-btn--tertiary fr-btn--sm dock__undo",
                    hidden=True,
                )[h.span["Annuler"]],
                _sending(at, own, others),
            ],
        ],
    ]


def _sentence(at: At, own: Own, page: int) -> h.Element:
    action = f"{API}/{at.document}/phrases/{at.sentence + 1}"
    return h.form(action=action, method="post", class_="dock__form stack--tight")[
        h.div(class_="dock__line")[
            h.p(class_="dock__where fr-hint-text")[
                f"Phrase{NBSP}{at.sentence + 1} sur{NBSP}{at.of}"
            ],
            h.div(class_="dock__moves")[
                _move(at, -1, "Phrase précédente", "arrow-left"),
                _move(at, 1, "Phrase suivante", "arrow-right"),
            ],
        ],
        h.blockquote(class_="dock__words", tabindex="0")[at.words],
        h.a(class_="dock__seen", href=f"#page-{page}", hidden=not page)[
            "Voir sur l’image de la page"
        ],
        h.p(class_="dock__told", hidden=not own.told)[own.told],
        h.fieldset(class_="tones")[
            h.legend(class_="fr-sr-only")[f"Pour vous, ce passage est{NBSP}:"],
            [_tone(tone, own) for tone in Tone],
        ],
        h.fieldset(class_="reasons")[
            h.legend[f"Pourquoi{NBSP}? (optionnel)"],
            h.div(class_="reasons__list")[[_reason(why, own) for why in Why]],
        ],
        h.details(class_="dock__more", open=bool(own.understood or own.rewrite))[
            h.summary["Ajouter un mot"],
            _text("compris", "Ce que j’ai compris", own.understood, UNDERSTOOD_MAX),
            _text("ecrirais", "Ce que j’écrirais à la place", own.rewrite, REWRITE_MAX),
        ],
        h.div(class_="dock__acts")[
            h.button(
                type="submit", class_="fr-btn fr-btn--sm dock__plain", name="geste", value="garder"
            )[h.span["Garder cette marque"]],
            h.button(
                type="submit",
                class_="fr-btn fr-btn--tertiary fr-btn--sm",
                name="geste",
                value="effacer",
                hidden=not own.tone,
            )[icon("cross"), h.span["Effacer cette marque"]],
        ],
    ]


def _move(at: At, by: int, label: str, shape: str) -> h.Element:
    to = at.sentence + by
    there = 0 <= to < at.of
    return h.a(
        class_="fr-btn fr-btn--secondary fr-btn--sm",
        href=f"?phrase={to + 1}#marquer" if there else None,
        aria_disabled=None if there else "true",
        role=None if there else "link",
        data_moves=str(by),
    )[icon(shape), h.span(class_="fr-sr-only")[label]]


def _tone(tone: Tone, own: Own) -> h.Element:
    ident = f"ton-{tone.value}"
    return h.div(class_=f"tone tone--{tone.value}")[
        h.input(
            type="radio", name="ton", value=tone.value, id=ident, checked=own.tone == tone.value
        ),
        h.label(for_=ident)[
            tone_word(tone), h.kbd(class_="tone__key", aria_hidden="true")[KEYS[tone]]
        ],
    ]


def _reason(why: Why, own: Own) -> h.Element:
    ident = f"motif-{why.value}"
    return h.div(class_="reason")[
        h.input(
            type="checkbox", name=ident, value="oui", id=ident, checked=why.value in own.reasons
        ),
        h.label(for_=ident)[WHY_NAMES[why]],
    ]


def _text(name: str, label: str, value: str, longest: int) -> h.Element:
    hint = f"{name}-aide"
    return h.div(class_="fr-input-group")[
        h.label(class_="fr-label", for_=name)[label],
        h.span(class_="fr-hint-text", id=hint)[f"{longest} caractères au plus."],
        h.textarea(
            class_="fr-input",
            id=name,
            name=name,
            rows="2",
            maxlength=str(longest),
            aria_describedby=hint,
        )["\n" + value],
    ]


def _sending(at: At, own: Own, others: Others) -> h.Element:
    return h.div(class_="dock__send stack--tight")[
        h.p(class_="dock__count fr-hint-text")[count(own)],
        h.div(class_="dock__acts")[
            h.form(action=f"{API}/{at.document}/envoi", method="post", class_="dock__sends")[
                h.button(type="submit", class_="fr-btn fr-btn--sm", hidden=own.sent)[
                    h.span["Envoyer mes marques"]
                ]
            ],
            h.form(action=f"{API}/{at.document}/regard", method="post", class_="dock__looks")[
                h.button(
                    type="submit",
                    class_="fr-btn fr-btn--secondary fr-btn--sm",
                    hidden=own.sent or others.open,
                )[h.span["Voir sans marquer"]]
            ],
        ],
        h.div(class_="dock__keys")[
            h.input(type="checkbox", id="raccourcis", checked=True),
            h.label(for_="raccourcis")[
                "Raccourcis du clavier : 1, 2, 3 pour répondre, flèches sur la phrase pour avancer"
            ],
        ],
    ]


def count(own: Own) -> str:
    """How many marks a reader has, and who sees them."""
    if own.sent:
        return f"Vos marques sont publiques, chaque changement aussi.{_held(own.held)}"
    if not own.marks:
        return PRIVATE
    many = f"{own.marks} marques" if own.marks > 1 else "1 marque"
    return f"{many}, que vous seul voyez."


def _held(number: int) -> str:
    """How many marks are public no more; nothing where all are."""
    if not number:
        return ""
    words = "marques ne le sont plus" if number > 1 else "marque ne l’est plus"
    return f" {number}{NBSP}{words}."
