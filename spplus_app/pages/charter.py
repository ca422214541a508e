"""How texts are read before they are published: the charter, and the ledger of decisions."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..components import programme, ui
from ..domain.charter import PROMISES, RULES, CharterRule
from ..domain.reports import HIDDEN_FROM, REASON_NAMES
from ..states.charter import LedgerState
from .information.common import bullets
from .layout import page

_TITLE = "Comment nous relisons vos textes"
_PARTS: tuple[tuple[str, str], ...] = (
    ("charte", "Ce que nous demandons à un texte"),
    ("decision", "Comment une personne décide"),
    ("signaler", "Signaler un texte publié"),
    ("registre", "Le registre de la modération"),
)


def _rule(rule: CharterRule) -> rx.Component:
    return rx.el.section(
        rx.el.h3(rule.title),
        rx.el.p(rule.text),
        rx.el.p(rx.el.strong("À la place\u00a0: "), rule.instead),
        rx.el.p("Source\u00a0: ", rule.source, ".", class_name="fr-hint-text"),
        class_name="panel stack--tight",
        custom_attrs={"id": f"regle-{rule.code}"},
    )


def _rules() -> list[rx.Component]:
    return [
        rx.el.p(
            "Chaque texte est relu avant d’être publié. Un texte qui respecte ces règles est publié."
        ),
        rx.el.div(*[_rule(rule) for rule in RULES], class_name="stack"),
    ]


def _promises() -> list[rx.Component]:
    return [rx.fragment(rx.el.h3(title), rx.el.p(text)) for title, text in PROMISES]


def _reporting() -> list[rx.Component]:
    return [
        rx.el.p(
            "Un lien «\u00a0Signaler\u00a0» est sous chaque expérience, chaque réponse, chaque "
            "document et chaque mot laissé par un lecteur. Il est ouvert à tous, sans compte. "
            "Les raisons possibles\u00a0:"
        ),
        bullets(*[f"{name}." for name in REASON_NAMES.values()]),
        rx.el.p("Ce qui se passe ensuite\u00a0:"),
        bullets(
            "une donnée personnelle signalée\u00a0: le texte est masqué tout de suite\u00a0;",
            f"une autre raison\u00a0: il est masqué quand {HIDDEN_FROM}\u00a0personnes l’ont "
            "signalé\u00a0;",
            "une personne de la modération le relit, puis le garde ou le retire\u00a0;",
            "son auteur est prévenu sur sa page de suivi, ou sur le document qu’il a marqué. Il "
            "ne sait pas qui l’a signalé\u00a0;",
            "un texte gardé n’est plus masqué, tant qu’il ne change pas.",
        ),
        rx.el.p("Ces seuils sont un réglage de départ.", class_name="fr-hint-text"),
    ]


def _part(part: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h3(part.title),
        rx.cond(part.about != "", rx.el.p(part.about), rx.fragment()),
        rx.cond(
            part.figures.length() > 0,
            rx.el.dl(rx.foreach(part.figures, programme.figure), class_name="figures"),
            rx.fragment(),
        ),
        class_name="stack--tight",
    )


def _ledger() -> list[rx.Component]:
    state = LedgerState
    view = state.ledger
    shown = rx.cond(
        view.nothing != "",
        rx.el.p(view.nothing),
        rx.el.div(
            rx.foreach(view.parts, _part),
            rx.el.p(
                "Chiffres de ce site seulement, calculés le ",
                rx.el.time(view.computed, date_time=view.iso),
                ".",
                class_name="fr-hint-text",
            ),
            class_name="stack",
        ),
    )
    return [
        rx.el.p("Ce que la modération a fait, compté par la machine. Aucun texte n’y figure."),
        programme.loaded(state, shown, "Chargement du registre…"),
        rx.el.p(
            "Le délai va de l’envoi à la première décision. Sous dix cas, nous ne donnons ni délai "
            "ni part."
        ),
    ]


def charter_page() -> rx.Component:
    """Tell the charter, how it is applied, and what was done, each under a title to link to."""
    told = (_rules, _promises, _reporting, _ledger)
    parts = [
        rx.el.section(
            rx.el.h2(title, tab_index=-1, custom_attrs={"id": anchor}), *tell(), class_name="stack"
        )
        for (anchor, title), tell in zip(_PARTS, told, strict=True)
    ]
    return page(
        ui.page_title(
            _TITLE,
            lead="Une personne lit chaque texte avant qu’il soit publié. Voici ses règles, et ce "
            "qu’elle a décidé.",
        ),
        rx.el.div(
            ui.on_this_page(_PARTS),
            rx.el.div(*parts, class_name="measure stack"),
            class_name="two-columns two-columns--start",
        ),
        here=_TITLE,
    )
