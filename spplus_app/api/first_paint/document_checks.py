"""The page on which a document is masked, whole: with a script it is put in place piece by piece.

`<spplus-checking>` (`assets/documents-checking.js`) sends its forms and shows the answer; without
a script they are plain forms. Nothing of a document passes by a State.
"""

from __future__ import annotations

import htpy as h
from sqlalchemy.orm import Session

from ...components import checking_words as words
from ...components.html import icon
from ...domain.documents.stages import Stage
from ...domain.errors import NotFound
from ...domain.privacy import WORDS, Kind
from ...services.documents import masking, standing, texts
from ...services.documents.masked_views import MaskingView
from ...services.documents.standing import StandingView
from ...states.base import number
from .. import assets
from . import document_decisions, pieces
from .document_decisions import gesture
from .document_sheet import REMOVE, UNCOVER, Sheet, areas, image, text
from .fields import Form
from .paint import NOTHING_TRIED, Ask, Paint

SAID = words.CHECKING
PAGE = "/documents/verifier"
KINDS = [(kind.value, word) for kind, word in WORDS.items()]
_SEND = ("Signaler un document difficile", "/documents/signaler")


def painted(session: Session, ask: Ask) -> Paint:
    """The page of a document for who sent it; for anyone else there is nothing here."""
    moved = texts.moved(session, number(ask.last))
    try:
        body = depositor(session, ask)
    except NotFound as refusal:
        body = pieces.absent(SAID["gone"], refusal.message, *_SEND)
        return Paint(404, title=SAID["gone"], body=body, here=SAID["gone"], secret=True)
    status = 422 if ask.tried is not NOTHING_TRIED else 200
    script = h.script(src=assets.address(assets.CHECKING), async_=True)
    element = h.fragment[script, h.spplus_checking(data_moved=str(moved))[body]]
    return Paint(status, title=SAID["title"], body=element, here=SAID["title"], secret=True)


def depositor(session: Session, ask: Ask) -> h.Renderable:
    """What a depositor sees of their document, at whatever stage it stands."""
    document_id = number(ask.last)
    told = standing.standing(session, ask.viewer, document_id)
    if told.stage is not Stage.MASKING:
        return _stands(told)
    return shown(masking.opened(session, ask.viewer, document_id), ask)


def moderator(session: Session, ask: Ask, holder: str) -> h.Renderable:
    """What moderation sees of a document handed over; `holder` is another who reads it."""
    return shown(masking.opened(session, ask.viewer, number(ask.last)), ask, holder=holder)


def _stands(told: StandingView) -> h.Element:
    heading, sentence = words.CHECKING_STAGES[told.stage.value]
    if told.stage is Stage.READING:
        next_thing: h.Node = h.p(role="status", class_="progress")[
            h.span(class_="spinner", aria_hidden="true"), h.span[sentence]
        ]
    else:
        next_thing = h.p[sentence]
    again = told.stage in {Stage.UNREADABLE, Stage.REFUSED}
    return h.div(class_="measure stack", data_stage=told.stage.value)[
        pieces.title(heading),
        pieces.alert("warning", told.told) if told.told else None,
        next_thing,
        h.p[pieces.link_button("Lire le document publié", told.href)] if told.href else None,
        h.p[pieces.link_button(*_SEND, "secondary")] if again else None,
        h.p[h.a(href=f"/documents/suivi/{told.id}")["Suivre ce document"]],
    ]


def shown(view: MaskingView, ask: Ask, *, holder: str = "") -> h.Element:
    """A document with the page that the address asks for; ``holder`` is who else reads it."""
    last = max(1, len(view.pages)) - 1
    asked = number(ask.query.get("page", ""))
    page = min(max(0, asked - 1), last) if asked else (view.to_check or [0])[0]
    sheet = Sheet(view, page, may=not holder)
    moderation = view.stage is Stage.HANDED
    ending = "_moderation" if moderation else ""
    return h.div(class_="checking stack", data_page=str(page), data_stage=view.stage.value)[
        pieces.title(SAID["title" + ending], SAID["lead" + ending]),
        pieces.alert("info", SAID["again"], h.p(class_="prose")[view.told]) if view.told else None,
        document_decisions.reading(holder),
        ask.tried.summary(),
        document_decisions.lifted(view) if moderation else None,
        _unplaced(view),
        _numbers(view, page) if view.pages else None,
        _sheet(sheet, ask.tried),
        document_decisions.own(view, sheet),
        _end(view) if not moderation else document_decisions.decide(view, ask.tried, holder),
    ]


def _unplaced(view: MaskingView) -> h.Node:
    if not view.unplaced:
        return None
    return pieces.alert("warning", SAID["unplaced"], h.p[SAID["unplaced_next"]])


def _numbers(view: MaskingView, page: int) -> h.Element:
    def one(at: int) -> h.Element:
        state = SAID["checked"] if at in view.checked else SAID["to_check"]
        look = "fr-pagination__link"
        here = "page" if at == page else None
        tick = icon("check") if at in view.checked else None
        return h.li[
            h.a(class_=look, href=f"?page={at + 1}", aria_current=here, id=f"page-{at + 1}")[
                tick, f"{SAID['page']} {at + 1}", h.span(class_="fr-sr-only")[f", {state}"]
            ]
        ]

    return h.nav(class_="fr-pagination", aria_label=SAID["pages"])[
        h.ul(class_="fr-pagination__list")[(one(at) for at in range(len(view.pages)))]
    ]


def _sheet(sheet: Sheet, tried: Form) -> h.Element:
    view = sheet.view
    left = [image(sheet), _by_area(sheet), areas(sheet)] if view.pages else None
    see = h.div(class_="fr-checkbox-group")[
        h.input(type="checkbox", id="voir"),
        h.label(class_="fr-label", for_="voir")[SAID["see"]],
    ]
    return h.div(class_="checking__page" if left else "stack")[
        h.section(class_="stack", aria_labelledby="titre-image")[
            h.h2(id="titre-image", tabindex="-1")[SAID["image"]], left
        ]
        if left
        else None,
        h.section(class_="stack", aria_labelledby="titre-texte")[
            h.h2(id="titre-texte", tabindex="-1")[SAID["text"]],
            see,
            _by_word(sheet),
            text(sheet),
            _chosen(sheet),
            _typed(sheet, tried) if sheet.may else None,
            _check(sheet) if sheet.may else None,
        ],
        *[_plain(name, sheet) for name in (REMOVE, UNCOVER)],
    ]


def _plain(name: str, sheet: Sheet) -> h.Element:
    return h.form(method="post", id=name)[gesture(name, sheet.page)]


def _by_word(sheet: Sheet) -> h.Node:
    if not sheet.may:
        return None
    return h.div(class_="stack--tight", data_script="", hidden=True)[
        h.p(class_="fr-hint-text", id="aide-mots")[SAID["by_word_hint"]],
        h.button(
            type="button",
            class_="fr-btn fr-btn--secondary fr-btn--sm",
            id="mot-a-mot",
            aria_pressed="false",
            aria_describedby="aide-mots",
        )[SAID["by_word"]],
    ]


def _by_area(sheet: Sheet) -> h.Node:
    if not sheet.may or not sheet.view.pictures[sheet.page]:
        return None
    return h.div(class_="stack--tight", data_script="", hidden=True)[
        h.button(
            type="button",
            class_="fr-btn fr-btn--secondary fr-btn--sm",
            id="dessiner",
            aria_pressed="false",
            aria_describedby="aide-zone",
        )[SAID["by_area"]],
        h.p(class_="fr-hint-text", id="aide-zone")[SAID["area_hint"]],
        h.form(method="post", id="zone", class_="cluster", hidden=True)[
            gesture("zone", sheet.page),
            h.input(type="hidden", name="boite"),
            h.button(type="submit", class_="fr-btn fr-btn--sm", id="zone-cacher")[
                SAID["hide_area"]
            ],
            h.button(type="button", class_="fr-btn fr-btn--tertiary fr-btn--sm", data_cancels="")[
                SAID["cancel"]
            ],
        ],
    ]


def _kind(ident: str) -> h.Element:
    return h.div(class_="fr-select-group")[
        h.label(class_="fr-label", for_=ident)[SAID["becomes"]],
        h.select(class_="fr-select", name="genre", id=ident)[
            (
                h.option(value=value, selected=value == Kind.CHOSEN.value)[word]
                for value, word in KINDS
            )
        ],
    ]


def _chosen(sheet: Sheet) -> h.Node:
    """The small panel of what was selected; the script alone opens it."""
    if not sheet.may:
        return None
    return h.form(method="post", id="choix", class_="panel stack--tight chosen", hidden=True)[
        h.p[h.strong[SAID["chosen"]], f"{pieces.NBSP}: ", h.q(data_chosen="")],
        _kind("choix-genre"),
        h.div(class_="cluster")[
            h.button(type="submit", class_="fr-btn fr-btn--sm", id="choix-masquer")[SAID["mask"]],
            h.button(type="button", class_="fr-btn fr-btn--tertiary fr-btn--sm", data_cancels="")[
                SAID["cancel"]
            ],
        ],
        gesture("masquer", sheet.page),
        h.input(type="hidden", name="debut"),
        h.input(type="hidden", name="fin"),
    ]


def _typed(sheet: Sheet, tried: Form) -> h.Element:
    field = tried.line(
        "mots", SAID["typed_label"], SAID["typed_hint"], optional=False, autocomplete="off"
    )
    wrong = bool(tried.error("mots") or tried.error("genre"))
    return h.details(id="ecrire", open=wrong)[
        h.summary[SAID["typed"]],
        h.form(method="post", class_="stack", novalidate=True)[
            gesture("mots", sheet.page),
            field,
            _kind("genre"),
            h.button(
                type="submit", class_="fr-btn fr-btn--secondary fr-btn--sm", id="mots-masquer"
            )[SAID["mask"]],
        ],
    ]


def _check(sheet: Sheet) -> h.Element:
    done = sheet.page in sheet.view.checked
    if done:
        return h.p(id="verifie", tabindex="-1")[
            pieces.badge(f"{SAID['page']} {sheet.page + 1} {SAID['checked']}", "success")
        ]
    return h.form(method="post")[
        gesture("page", sheet.page),
        h.button(type="submit", class_="fr-btn", id="verifie")[SAID["check"]],
    ]


def _end(view: MaskingView) -> h.Element:
    left = view.to_check
    wait = None
    if left and view.pages:
        numbers = ", ".join(str(at + 1) for at in left)
        wait = h.p(class_="fr-hint-text")[f"{SAID['hand_wait']} Il reste{pieces.NBSP}: {numbers}."]
    return h.form(method="post", class_="panel stack", id="remise")[
        h.p[SAID["hand_lead"]],
        wait,
        h.button(type="submit", class_="fr-btn", id="remettre")[SAID["hand"]],
        gesture("remettre", 0),
    ]
