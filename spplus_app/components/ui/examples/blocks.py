"""Examples: messages, labels, cards, tables, dialog."""

from __future__ import annotations

import reflex as rx

from ..alerts import alert, connection_banner, notice
from ..buttons import button
from ..cards import card, tile
from ..dialog import dialog
from ..labels import badge, ressenti_badge, status_badge, tag, tags
from ..tables import table, table_row, table_rows
from .example import STORY, Example

_HEADERS = ("Expérience", "Déposée le", "Délai", "État")


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
            body=STORY,
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
            detail="Deux minutes",
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
    Example(
        "notice",
        "bandeau d’attention, avec un lien",
        lambda: notice(
            "Les réponses ont du retard.",
            "Une tempête a fermé plusieurs services dans le Gard.",
            kind="warning",
            link="Lire les services concernés",
            href="#",
            label="Retards",
        ),
    ),
    Example("connection_banner", "connexion perdue", lambda: connection_banner(True)),
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
    Example(
        "card",
        "mots très longs",
        lambda: card(
            "Anticonstitutionnellement, Saint-Remy-en-Bouzemont-Saint-Genest ne répond pas",
            "#",
            meta=[
                ressenti_badge("Neutre"),
                rx.el.span(
                    "Direction départementale de l’emploi, du "
                    "travail, des solidarités et de la protection des populations"
                ),
            ],
            body="https://exemple.fr/une-adresse-sans-espace-qui-ne-se-coupe-jamais-toute-seule",
        ),
    ),
    Example("tile", "portes d’entrée", _tiles),
    Example(
        "tile",
        "sans image, dans une liste",
        lambda: rx.el.ul(
            rx.el.li(tile("J’attends un enfant", "#", "Les fiches, les droits, les erreurs.")),
            rx.el.li(tile("Je déménage", "#")),
            class_name="grid plain-list",
        ),
    ),
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
)
