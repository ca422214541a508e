"""Examples: titles, recap, story, reply, differences, history, empty states, icons."""

from __future__ import annotations

import reflex as rx

from ..buttons import link_button
from ..content import (
    diff_view,
    empty_state,
    page_title,
    progress_text,
    quote,
    reply_block,
    summary_list,
    timeline,
    visually_hidden,
)
from ..icons import PATHS, icon
from ..labels import ressenti_badge
from ..slot import slot
from .example import STORY, Example


def _icons() -> rx.Component:
    return rx.el.div(
        *[
            rx.el.span(icon(name, size="lg"), rx.el.span(name), class_name="cluster fr-text--sm")
            for name in PATHS
        ],
        class_name="grid",
    )


def _diff() -> rx.Component:
    return diff_view(
        [
            ("same", "J’ai attendu trois mois. "),
            ("removed", "Madame Martin"),
            ("added", "L’agente au guichet"),
            ("same", " m’a répondu très sèchement."),
        ]
    )


EXAMPLES: tuple[Example, ...] = (
    Example("progress_text", "travail en cours", lambda: progress_text("Recherche en cours…")),
    Example("slot", "avant le contenu", lambda: slot("Chargement des expériences…")),
    Example(
        "summary_list",
        "récapitulatif",
        lambda: summary_list(
            [
                ("Service", "Mairie de Valbrune", "#"),
                ("Ressenti", ressenti_badge("Négatif"), "#"),
                ("Récit", STORY, "#"),
                ("Pseudonyme", "", "#"),
            ]
        ),
    ),
    Example("quote", "récit", lambda: quote(STORY, "Lou du Gard, personne concernée")),
    Example(
        "reply_block",
        "réponse d’un service",
        lambda: reply_block(
            "Mairie de Valbrune, état civil",
            "16 novembre 2026, soit 4 jours après",
            rx.el.p("Bonjour,"),
            rx.el.p(
                "Vous avez raison\u00a0: nos créneaux étaient ouverts une seule fois par "
                "jour. Depuis le 1",
                rx.el.sup("er"),
                " novembre, la moitié est ouverte à 18\u00a0h.",
            ),
            rx.el.p("Claire, service état civil"),
        ),
    ),
    Example("diff_view", "texte modifié", _diff),
    Example(
        "timeline",
        "suivi d’une expérience",
        lambda: timeline(
            [
                ("12 novembre 2026", "Expérience envoyée", ""),
                ("13 novembre 2026", "Relue et publiée", "Un nom a été retiré de votre texte."),
                ("16 novembre 2026", "La mairie de Valbrune a répondu", ""),
            ]
        ),
    ),
    Example(
        "empty_state",
        "boîte vide",
        lambda: empty_state(
            "Rien à traiter",
            "Les nouvelles expériences arrivent ici sans recharger la page.",
            link_button("Voir les expériences répondues", "#", kind="secondary"),
            icon="success",
        ),
    ),
    Example(
        "page_title",
        "avec accroche",
        lambda: page_title(
            "Les expériences",
            lead="Ce que des usagers racontent, et ce que les services répondent.",
            heading="h2",
        ),
    ),
    Example(
        "visually_hidden",
        "texte caché",
        lambda: rx.el.p("Modifier", visually_hidden(" votre pseudonyme")),
    ),
    Example("icon", "le jeu entier", _icons),
)
