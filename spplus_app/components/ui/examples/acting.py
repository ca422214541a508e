"""Examples: tabs, explanations, switches, files, progress."""

from __future__ import annotations

import reflex as rx

from ..buttons import button, post_form
from ..files import progress, upload
from ..folding import tabs
from ..toggle import toggle
from ..tooltip import tooltip
from .example import Example

_TEXT = (
    "Nous avons versé 212\u00a0euros de trop. Nous les retiendrons sur vos prochaines aides, "
    "en trois fois."
)


def _tabs() -> rx.Component:
    return tabs(
        "versions",
        (
            ("Nouvelle version", rx.el.p(_TEXT)),
            ("Version d’origine", rx.el.p("Il est procédé à la récupération de l’indu.")),
            (
                "Ce qui a changé",
                rx.el.p("Une phrase coupée en deux. Voyez ", rx.el.a("les mots retirés", href="#")),
            ),
        ),
        label="Versions du courrier",
    )


def _uploads() -> rx.Component:
    return post_form(
        "/api/documents",
        upload(
            "document",
            "Le document difficile",
            accept=".pdf,.docx,.odt,.txt,image/*",
            formats="PDF, Word, OpenDocument, texte, photo",
            max_megabytes=1,
            multiple=True,
        ),
        button("Envoyer le document", type="submit"),
        encType="multipart/form-data",
    )


EXAMPLES: tuple[Example, ...] = (
    Example("tabs", "trois parties", _tabs),
    Example(
        "tooltip",
        "dans une phrase",
        lambda: rx.el.p(
            "La mairie de Valbrune tient son ",
            tooltip(
                "délai annoncé",
                "Le nombre de jours que le service s’engage à ne pas dépasser pour répondre.",
                ident="delai-annonce",
            ),
            " neuf fois sur dix.",
        ),
    ),
    Example(
        "tooltip",
        "au bord de l’écran",
        lambda: rx.el.p(
            tooltip("Indu", "Une somme versée en trop, que l’on vous demande.", ident="indu"),
            class_name="cluster cluster--end",
        ),
    ),
    Example(
        "toggle",
        "désactivé",
        lambda: toggle("courriels", "Recevoir les réponses par courriel"),
    ),
    Example(
        "toggle",
        "activé, avec une aide",
        lambda: toggle(
            "alertes",
            "Me prévenir quand un courrier est réécrit",
            hint="Un message par semaine au plus.",
            default_checked=True,
        ),
    ),
    Example(
        "toggle",
        "en erreur",
        lambda: toggle(
            "panel",
            "Participer aux tests",
            error="Confirmez d’abord votre adresse électronique.",
        ),
    ),
    Example("upload", "plusieurs fichiers, avec leurs limites", _uploads),
    Example(
        "upload",
        "en erreur",
        lambda: upload(
            "photo",
            "Une photo du courrier",
            accept="image/*",
            formats="JPEG, PNG",
            max_megabytes=10,
            optional=True,
            error="Ce fichier n’est pas une photo. Choisissez une image JPEG ou PNG.",
        ),
    ),
    Example(
        "progress",
        "au milieu",
        lambda: progress("phrases", "Phrases lues", 3, 9, "3\u00a0phrases sur\u00a09"),
    ),
    Example(
        "progress",
        "terminé, apporté par l’état",
        lambda: progress(
            "reponses",
            "Réponses reçues",
            rx.Var.create(12),
            rx.Var.create(12),
            rx.Var.create("12\u00a0réponses sur\u00a012\u00a0: le test est terminé"),
        ),
    ),
)
