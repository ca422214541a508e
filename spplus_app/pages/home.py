"""The home page: what one can do here, found in five seconds."""

from __future__ import annotations

import reflex as rx

from ..components import experiences, programme, ui, words
from ..domain.commitments import Family
from ..states.programme import ProgrammeState
from ..states.public import ExperiencesState
from .layout import page


def _hero() -> rx.Component:
    return rx.el.div(
        rx.el.h1(
            "Dites ce qui s’est passé.",
            rx.el.br(),
            "L’administration ",
            ui.marked("vous répond"),
            ".",
            tab_index=-1,
        ),
        rx.el.div(
            rx.el.div(
                rx.el.p(
                    "Racontez une démarche, bonne ou mauvaise. Votre texte est relu, publié sans "
                    "votre nom, et envoyé au service concerné."
                ),
                ui.button_group(
                    ui.link_button(
                        "Je partage mon expérience", "/partager/service", reload_document=True
                    ),
                    ui.link_button("Lire les expériences", "/experiences", kind="secondary"),
                    ui.link_button(words.DOCUMENTS_TITLE, words.DOCUMENTS, kind="tertiary"),
                ),
            ),
            rx.el.div(
                rx.el.h2("Quelqu’un l’a-t-il déjà vécu ?"),
                ui.search_bar(words.LIST, label="Mots recherchés"),
                class_name="panel stack",
            ),
            class_name="hero__columns",
        ),
        _doors(),
        class_name="hero fr-container",
    )


def _doors() -> rx.Component:
    doors = (
        (
            "edit",
            "Raconter",
            "/partager/service",
            "Quatre étapes, sans compte. Votre brouillon est gardé.",
        ),
        (
            "search",
            "Lire",
            "/experiences",
            "Ce que d’autres ont vécu, et ce que le service a répondu.",
        ),
        (
            "clock",
            "Suivre",
            "/suivi",
            "Où en est votre texte, la réponse, et ce que vous pouvez changer.",
        ),
    )
    return rx.el.ul(
        *[
            rx.el.li(
                ui.tile(
                    title,
                    href,
                    text,
                    icon=icon,
                    heading="h2",
                    reload_document=href != words.LIST,
                )
            )
            for icon, title, href, text in doors
        ],
        class_name="grid plain-list doors",
    )


def _steps() -> rx.Component:
    steps = (
        (
            "Vous racontez",
            "Quel service, ce qui s’est passé, ce que vous avez ressenti. Sans compte.",
        ),
        ("Nous relisons", "Une personne vérifie que personne n’est reconnaissable, puis publie."),
        ("Le service répond", "Sa réponse est publique. Vous dites si elle vous a été utile."),
    )
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Ce que devient votre expérience"),
            rx.el.ol(
                *[
                    rx.el.li(rx.el.h3(title), rx.el.p(text), class_name="panel")
                    for title, text in steps
                ],
                class_name="grid plain-list",
            ),
            rx.el.p(
                "Ce n’est pas un guichet de réclamation : votre texte n’ouvre pas de dossier. ",
                rx.el.a("Où aller pour contester une décision", href="/programme#ailleurs"),
                ".",
            ),
            class_name="fr-container stack",
        ),
        class_name="band band--surface",
    )


def _latest() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Les dernières expériences"),
            rx.cond(
                ExperiencesState.loaded,
                rx.el.div(
                    rx.cond(
                        ExperiencesState.cards.length() > 0,
                        experiences.cards(
                            ExperiencesState.cards[:3], heading="h3", side_by_side=True
                        ),
                        rx.el.p(words.NO_LATEST),
                    ),
                    class_name="slot stack",
                ),
                ui.slot("Chargement des expériences…"),
            ),
            rx.el.p(ui.link_button("Lire toutes les expériences", "/experiences", kind="tertiary")),
            class_name="fr-container stack",
        ),
        class_name="band",
    )


def _programme() -> rx.Component:
    families = {
        Family.CLOSER: "Un accueil bienveillant, le droit à l’erreur, quelqu’un à qui parler.",
        Family.MORE_EFFECTIVE: "Des délais tenus, une information claire, des résultats publiés.",
        Family.SIMPLER: "Votre avis compte : il sert à améliorer le service.",
    }
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Des services qui s’engagent"),
            rx.el.p(
                "Les services publics qui participent au programme prennent des engagements envers "
                "vous."
            ),
            rx.el.dl(
                *[
                    rx.el.div(rx.el.dt(family.value), rx.el.dd(text))
                    for family, text in families.items()
                ],
                class_name="promises",
            ),
            rx.el.p(
                ui.link_button("Lire les engagements", "/programme#engagements", kind="tertiary")
            ),
            class_name="fr-container stack",
        ),
        class_name="band band--surface",
    )


def _figures() -> rx.Component:
    state = ProgrammeState
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Les services répondent-ils ?"),
            programme.loaded(state, programme.figures(state.figures), "Chargement des chiffres…"),
            rx.el.p(
                ui.link_button("D’où viennent ces chiffres", "/programme#chiffres", kind="tertiary")
            ),
            class_name="fr-container stack",
        ),
        class_name="band",
    )


def home() -> rx.Component:
    """Say what one can do here, and show that it is alive."""
    return page(
        _hero(),
        _latest(),
        _steps(),
        _figures(),
        _programme(),
        current="/",
        trail=None,
        wide=True,
    )
