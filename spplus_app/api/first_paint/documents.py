"""Sending a hard document: the whole page, made here for those who have scripts and those without.

`assets/sending.js` sends the files part by part, and puts parts of a newer answer of this page in
the one that is open: there is one form, and one place that writes it.
"""

from __future__ import annotations

from uuid import uuid4

import htpy as h
from sqlalchemy.orm import Session

from ...components import document_words as words
from ...components import ui
from ...components.html import css
from ...domain.documents.deposits import PROBLEM_FIELDS
from ...domain.documents.values import KIND_NAMES, PROBLEM_NAMES, Problem
from ...services.documents import sending, uploads
from ...services.documents.uploads import UploadView
from ...states.base import number
from .. import assets
from . import document_files, document_service, pieces
from .fields import Form, gesture
from .paint import NOTHING_TRIED, Ask, Paint

PAGE = "/documents/signaler"
ACCEPT = (
    ".pdf,.docx,.odt,.rtf,.txt,.eml,.msg,.html,.htm,image/jpeg,image/png,image/webp,"
    "image/heic,image/heif,.heic,.heif"
)


def form(session: Session, ask: Ask) -> Paint:
    """The form, with what was typed and the files that have come."""
    kept = sending.typed(session, ask.viewer)
    if not kept.uuid and (failed := number(ask.query.get("reprendre", ""))):
        kept = sending.again(session, ask.viewer, failed)
    tried = ask.tried is not NOTHING_TRIED
    made = ask.tried if tried else Form(kept.fields)
    uuid = made.value("uuid") or kept.uuid or str(uuid4())
    files = uploads.of_form(session, ask.viewer, uuid)
    wrong = bool(made.errors or made.said)
    return Paint(
        status=made.status if wrong else 200,
        title=words.TITLE,
        body=_page(session, made, uuid, files),
        secret=True,
    )


def _page(session: Session, made: Form, uuid: str, files: list[UploadView]) -> h.Renderable:
    return h.fragment[
        pieces.title(words.TITLE, words.LEAD),
        h.spplus_draft(
            class_="stack",
            data_load="/api/documents/brouillon",
            data_local="document",
            data_autosave="1",
        )[
            h.spplus_sending(class_="stack")[
                h.div(data_told=True, role="alert")[
                    pieces.alert("error", made.said) if made.said else None
                ],
                made.summary(),
                _form(session, made, uuid, files),
            ],
            _tools(),
        ],
        h.script(src=assets.address("sending.js"), defer=True),
    ]


def _form(session: Session, made: Form, uuid: str, files: list[UploadView]) -> h.Element:
    kinds = [ui.Option(one.value, name) for one, name in KIND_NAMES.items()]
    return h.form(
        id="signaler",
        action=PAGE,
        method="post",
        enctype="multipart/form-data",
        class_="form-column stack",
        novalidate=True,
        data_saves=True,
    )[
        h.input(type="hidden", name="uuid", value=uuid),
        h.input(type="hidden", name="intent", value="send"),
        # What Enter presses: it keeps what is typed, and never takes a file out.
        h.button(type="submit", name="geste", value="garder", hidden=True, tabindex="-1"),
        made.radios("kind", words.KIND, kinds),
        document_service.section(session, made),
        _document(made, files),
        _hard(made),
        h.section(class_="stack")[
            h.h2[words.BEFORE[0]], h.ol[(h.li[one] for one in words.BEFORE[1])]
        ],
        h.div(class_="fr-btns-group")[gesture(words.SEND, "envoyer")],
    ]


# ---- The document ------------------------------------------------------------------------------


def _document(made: Form, files: list[UploadView]) -> h.Element:
    label, hint = words.DOCUMENT
    wrong = made.error("document")
    return h.section(class_="stack")[
        h.h2["Le document"],
        h.div(class_=css("fr-upload-group", wrong and "fr-upload-group--error"))[
            h.label(for_="document", class_="fr-label")[label],
            h.span(class_="fr-hint-text", id="document-hint")[hint],
            h.input(
                type="file",
                id="document",
                name="document",
                class_="fr-upload",
                accept=ACCEPT,
                multiple=True,
                aria_describedby="document-hint document-messages",
                aria_invalid="true" if wrong else "false",
            ),
            made.message("document"),
        ],
        h.noscript[gesture("Joindre ces fichiers", "joindre", "secondary")],
        h.ul(
            class_="plain-list stack", data_coming=True, aria_label="Envois en cours", hidden=True
        ),
        document_files.received(files),
        _instead(words.PASTE, made, ("texte",), made.text("texte", *words.TEXT, optional=True)),
        _instead(
            words.ABSENT,
            made,
            ("form", "described"),
            made.line("form", *words.FORM, type="text", autocomplete="off"),
            made.text("described", *words.DESCRIBED, rows="5", optional=True),
        ),
    ]


def _instead(title: str, made: Form, names: tuple[str, ...], *fields: h.Node) -> h.Element:
    used = any(made.value(name) or made.error(name) for name in names)
    return h.details(class_="panel", open=used)[h.summary[title], h.div(class_="stack")[fields]]


# ---- What is hard in it ------------------------------------------------------------------------


def _hard(made: Form) -> h.Element:
    return h.section(class_="stack")[
        h.fieldset(class_="fr-fieldset", aria_describedby="problems-hint problems-messages")[
            h.legend(class_="fr-fieldset__legend")[words.PROBLEMS],
            h.span(class_="fr-hint-text", id="problems-hint")[words.PROBLEMS_HINT],
            h.div(class_="fr-fieldset__content")[
                (_problem(made, place, one) for place, one in enumerate(Problem))
            ],
            made.message("problems"),
        ],
        made.text("hard", *words.HARD, rows="4", optional=True),
        made.text("wished", *words.WISHED, rows="4", optional=True),
    ]


def _problem(made: Form, place: int, one: Problem) -> h.Element:
    name = PROBLEM_FIELDS[one]
    ident = name if place else "problems"  # the list of what is wrong leads to the first
    told = PROBLEM_NAMES[one]
    return h.div(class_="fr-checkbox-group")[
        h.input(
            type="checkbox",
            name=name,
            value="oui",
            id=ident,
            checked=bool(made.value(name)),
            aria_invalid="true" if made.error("problems") else "false",
        ),
        h.label(class_="fr-label", for_=ident)[h.span[told[0].upper() + told[1:]]],
    ]


def _tools() -> h.Element:
    """What keeps a draft private; see `components.deposit.draft_tools`."""
    return h.aside(class_="stack--tight", aria_label="Votre brouillon")[
        h.div(class_="needs-script stack--tight")[
            h.p(class_="fr-hint-text", data_draft_state=True)[
                "Ce que vous écrivez et envoyez est gardé en attendant."
            ],
            h.div(class_="fr-checkbox-group")[
                h.input(
                    type="checkbox", name="shared", id="ordinateur-partage", data_draft_shared=True
                ),
                h.label(class_="fr-label", for_="ordinateur-partage")[
                    "Je suis sur un ordinateur partagé : ne rien garder sur cet appareil"
                ],
            ],
        ],
        h.button(
            type="submit",
            form="signaler",
            name="geste",
            value="effacer",
            class_="fr-btn fr-btn--tertiary fr-btn--sm",
            data_draft_erase=True,
        )[h.span[words.ERASE]],
    ]
