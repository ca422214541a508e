"""Examples: messages, labels, cards, tables, texts."""

from __future__ import annotations

import reflex as rx

from ..alerts import alert, connection_banner, notice
from ..buttons import button, link_button
from ..cards import card, tile
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
from ..dialog import dialog
from ..icons import PATHS, icon
from ..labels import badge, ressenti_badge, status_badge, tag, tags
from ..tables import table, table_row, table_rows
from .example import Example

_STORY = (
    "J’ai essayé tous les matins à 8\u00a0h. Les créneaux partent en deux minutes.\n\n"
    "Au téléphone, on m’a dit de réessayer demain. J’ai fini par prendre une journée de congé "
    "pour aller sur place."
)
_HEADERS = ("Expérience", "Déposée le", "Délai", "État")


def _icons() -> rx.Component:
    return rx.el.div(
        *[
            rx.el.span(icon(name, size="lg"), rx.el.span(name), class_name="cluster fr-text--sm")
            for name in PATHS
        ],
        class_name="grid",
    )


def _badges() -> rx.Component:
    return rx.el.div(
        badge("Réglage de départ"),
        badge("Nouveau", "new"),
        badge("En relecture", "info"),
        badge("Publiée", "success"),
        badge("En retard", "warning"),
        badge("Refusée", "error"),
        class_name="cluster",
    )


def _cards() -> rx.Component:
    return rx.el.div(
        card(
            "Trois mois pour un rendez-vous de carte d’identité",
            "#",
            meta=[
                ressenti_badge("Négatif"),
                rx.el.span("Mairie de Valbrune"),
                rx.el.span("12 novembre 2026"),
            ],
            body=_STORY,
            footer=[rx.el.strong("Répondu en 4 jours"), rx.el.span("37 expériences similaires")],
        ),
        card(
            "Une agente m’a rappelée le soir même",
            "#",
            meta=[
                ressenti_badge("Positif"),
                rx.el.span("CAF des Deux-Rives"),
                rx.el.span("10 novembre 2026"),
            ],
            body="Je m’étais trompée dans ma déclaration. Elle m’a expliqué comment corriger, "
            "sans pénalité.",
            footer=[
                rx.el.span("En attente de réponse"),
                rx.el.span("Délai annoncé\u00a0: 15 jours"),
            ],
        ),
        class_name="cards",
    )


def _tiles() -> rx.Component:
    return rx.el.div(
        tile(
            "Je raconte une démarche",
            "#",
            "Bonne ou mauvaise. Votre nom n’est jamais publié.",
            icon="edit",
        ),
        tile(
            "Je suis mon expérience",
            "#",
            "Avec le lien privé reçu au moment de l’envoi.",
            icon="clock",
        ),
        tile(
            "Je lis les réponses",
            "#",
            "Ce que les services disent, et ce qu’ils changent.",
            icon="reply",
        ),
        class_name="grid",
    )


def _dialog() -> rx.Component:
    return rx.el.div(
        button(
            "Retirer mon expérience",
            kind="danger",
            custom_attrs={"data-opens": "retirer", "aria-haspopup": "dialog"},
        ),
        dialog(
            "retirer",
            "Retirer votre expérience\u00a0?",
            rx.el.p(
                "Elle ne sera plus visible. Le service ne pourra plus y répondre. "
                "Vous ne pourrez pas revenir en arrière."
            ),
            actions=[
                button("Oui, la retirer", kind="danger"),
                button("Non, la garder", kind="secondary", custom_attrs={"data-closes": ""}),
            ],
        ),
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
    Example(
        "alert",
        "information",
        lambda: alert(
            "info",
            "Ce site n’est pas un service de réclamation.",
            rx.el.p("Pour contester une décision, écrivez d’abord au service qui l’a prise."),
        ),
    ),
    Example(
        "alert",
        "succès",
        lambda: alert(
            "success",
            "Votre expérience est envoyée.",
            rx.el.p("Elle sera relue, puis publiée sans votre nom."),
        ),
    ),
    Example(
        "alert",
        "attention",
        lambda: alert("warning", "Ce lien ne peut pas être retrouvé. Gardez-le."),
    ),
    Example(
        "alert",
        "erreur, petite",
        lambda: alert("error", "Votre réponse n’a pas pu être enregistrée. Réessayez.", small=True),
    ),
    Example(
        "notice",
        "bandeau d’information",
        lambda: notice("Le site sera fermé dimanche de 8\u00a0h à 9\u00a0h."),
    ),
    Example("connection_banner", "connexion perdue", lambda: connection_banner(True)),
    Example("progress_text", "travail en cours", lambda: progress_text("Recherche en cours…")),
    Example("badge", "les six genres", _badges),
    Example(
        "ressenti_badge",
        "les trois ressentis",
        lambda: rx.el.div(
            *[ressenti_badge(v) for v in ("Positif", "Neutre", "Négatif")], class_name="cluster"
        ),
    ),
    Example(
        "status_badge",
        "états d’une expérience",
        lambda: rx.el.div(
            *[
                status_badge(v)
                for v in (
                    "Expérience en attente de réponse",
                    "Expérience avec réponse",
                    "En retard",
                    "Refusée",
                )
            ],
            class_name="cluster",
        ),
    ),
    Example(
        "tag",
        "simple, puis lien",
        lambda: rx.el.div(
            tag("Accueil"), tag("Prise de rendez-vous", href="#"), class_name="cluster"
        ),
    ),
    Example("tags", "liste", lambda: tags(["Accessibilité", "Relation", "Réactivité"])),
    Example("card", "liste d’expériences", _cards),
    Example("tile", "portes d’entrée", _tiles),
    Example(
        "table",
        "boîte d’un agent",
        lambda: table(
            "À traiter",
            _HEADERS,
            [
                (
                    "Trois mois pour un rendez-vous",
                    "12 novembre 2026",
                    "30 jours",
                    status_badge("En retard"),
                ),
                (
                    "Un courrier que je ne comprends pas",
                    "2 décembre 2026",
                    "30 jours",
                    status_badge("A traiter"),
                ),
            ],
        ),
    ),
    Example(
        "table_row",
        "une ligne seule",
        lambda: rx.el.div(
            rx.el.table(rx.el.tbody(table_row(("Code", "Nom"), ("CAF-30", "CAF du Gard")))),
            class_name="fr-table",
        ),
    ),
    Example(
        "table_rows",
        "lignes apportées par l’état",
        lambda: table_rows(
            "Délais annoncés",
            ("Service", "Délai"),
            rx.Var.create([["Mairie de Valbrune", "15 jours"], ["CAF des Deux-Rives", "30 jours"]]),
            lambda row: (row[0], row[1]),
        ),
    ),
    Example("dialog", "à ouvrir", _dialog),
    Example(
        "summary_list",
        "récapitulatif",
        lambda: summary_list(
            [
                ("Service", "Mairie de Valbrune", "#"),
                ("Ressenti", ressenti_badge("Négatif"), "#"),
                ("Récit", _STORY, "#"),
                ("Pseudonyme", "", "#"),
            ]
        ),
    ),
    Example("quote", "récit", lambda: quote(_STORY, "Lou du Gard, personne concernée")),
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
