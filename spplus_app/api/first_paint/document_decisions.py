"""What stands beside the pages of a document to mask: its depositor’s words, what moderation does.

Masks that were taken out come first, decisions last.
"""

from __future__ import annotations

import htpy as h

from ...components import checking_words as words
from ...domain.documents.stages import Stage
from ...domain.moderation import MESSAGE_MAX
from ...domain.privacy import WORDS
from ...services.documents.masked_views import MaskingView, PieceView, WordsView
from . import pieces
from .document_sheet import Sheet
from .fields import Form

SAID = words.CHECKING


def reading(holder: str) -> h.Node:
    """Say that another moderator reads this document."""
    if not holder:
        return None
    return pieces.alert(
        "info",
        f"{holder} lit ce document en ce moment",
        h.p["Vous pouvez le lire aussi, mais c’est à cette personne de décider."],
    )


def lifted(view: MaskingView) -> h.Node:
    """The masks of the machine that somebody took out and that are not masked again."""
    masked = [(one.start, one.end) for one in view.masks]
    left = [
        one
        for one in view.lifted
        if not any(start <= one.start and one.end <= end for start, end in masked)
    ]
    if not left:
        return None
    text = view.document.text
    return h.section(class_="panel stack", aria_labelledby="leves")[
        h.h2(id="leves", tabindex="-1")[SAID["lifted"]],
        h.p[SAID["lifted_lead"]],
        h.ul(class_="plain-list stack--tight")[
            (
                h.li[
                    h.form(method="post", class_="cluster")[
                        h.input(type="hidden", name="geste", value="masquer"),
                        h.input(type="hidden", name="debut", value=str(one.start)),
                        h.input(type="hidden", name="fin", value=str(one.end)),
                        h.input(type="hidden", name="genre", value=one.kind.value),
                        h.span[h.q[text[one.start : one.end]], f" {WORDS[one.kind]}"],
                        h.button(
                            type="submit",
                            class_="fr-btn fr-btn--secondary fr-btn--sm",
                            id=f"leve-{one.start}",
                        )[
                            "Masquer de nouveau",
                            h.span(class_="fr-sr-only")[
                                f"{pieces.NBSP}: {text[one.start : one.end]}"
                            ],
                        ],
                    ]
                ]
                for one in left
            )
        ],
    ]


def decide(view: MaskingView, tried: Form, holder: str) -> h.Node:
    """Publish what is left, give back, or refuse; nothing while another moderator has it."""
    if holder:
        return None
    return h.section(class_="panel stack", aria_labelledby="decider")[
        h.h2(id="decider", tabindex="-1")[SAID["decide"]],
        h.form(method="post")[
            _hidden("publier"),
            h.input(type="hidden", name="revision", value=str(view.revision)),
            h.button(type="submit", class_="fr-btn", id="publier")[SAID["publish"]],
        ],
        _message("rendre", SAID["give_back"], SAID["give_back_label"], "secondary", tried),
        _message("refuser", SAID["refuse"], SAID["refuse_label"], "danger", tried),
        h.form(method="post")[
            _hidden("laisser"),
            h.button(type="submit", class_="fr-btn fr-btn--tertiary fr-btn--sm", id="laisser")[
                SAID["leave"]
            ],
        ],
    ]


def _hidden(name: str) -> h.VoidElement:
    return h.input(type="hidden", name="geste", value=name)


def _message(name: str, label: str, asked: str, kind: str, tried: Form) -> h.Element:
    field = tried.text(name, asked, SAID["message_hint"], rows="4", maxlength=str(MESSAGE_MAX))
    return h.details(id=f"plier-{name}", open=bool(tried.error(name)))[
        h.summary[label],
        h.form(method="post", class_="stack", novalidate=True)[
            _hidden(name),
            field,
            h.button(type="submit", class_=f"fr-btn fr-btn--{kind}", id=f"bouton-{name}")[label],
        ],
    ]


def gesture(name: str, page: int) -> list[h.Node]:
    """The fields that say what a form does, and on which page."""
    return [
        h.input(type="hidden", name="geste", value=name),
        h.input(type="hidden", name="page", value=str(page)),
    ]


def own(view: MaskingView, sheet: Sheet) -> h.Node:
    """What the depositor typed, as everyone will read it, and what was found in it."""
    if not view.words:
        return None
    heading = SAID["own"] if view.stage is Stage.MASKING else SAID["own_moderation"]
    return h.section(class_="stack", aria_labelledby="mes-mots")[
        h.h2(id="mes-mots", tabindex="-1")[heading],
        h.p[SAID["own_lead"]],
        (_field(one, sheet) for one in view.words),
    ]


def _field(one: WordsView, sheet: Sheet) -> h.Element:
    return h.div(class_="panel stack--tight")[
        h.p[h.strong[words.CHECKING_FIELDS[one.name]]],
        h.p(class_="prose")[one.shown],
        h.ul(class_="plain-list stack--tight")[
            (_piece(piece, one.name, rank, sheet) for rank, piece in enumerate(one.found))
        ]
        if one.found
        else None,
    ]


def _piece(piece: PieceView, name: str, rank: int, sheet: Sheet) -> h.Element:
    label, act = (SAID["take"], "reprendre") if piece.kept else (SAID["keep"], "garder")
    becomes = [" devient ", h.mark(class_="mask")[piece.word]]
    form = h.form(method="post")[
        h.button(
            type="submit",
            class_="fr-btn fr-btn--tertiary fr-btn--sm",
            id=f"{name}-{rank}",
        )[label, h.span(class_="fr-sr-only")[f"{pieces.NBSP}: {piece.text}"]],
        gesture(act, sheet.page),
        h.input(type="hidden", name="mots", value=piece.text),
    ]
    return h.li(class_="stack--tight")[
        h.p[h.strong[piece.text], None if piece.kept else becomes],
        h.p(class_="fr-hint-text")[SAID["kept"] if piece.kept else piece.reason],
        form if sheet.may else None,
    ]
