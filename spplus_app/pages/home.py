"""The home page: what one can do here, found in five seconds."""

from __future__ import annotations

import reflex as rx

from ..components import experiences, ui, words
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
        rx.el.p(
            "Racontez une démarche, bonne ou mauvaise. Votre texte est relu, publié sans votre nom, "
            "et envoyé au service concerné.",
            class_name="fr-text--lead",
        ),
        ui.button_group(
            ui.link_button("Je partage mon expérience", "/partager/service", reload_document=True),
            ui.link_button("Lire les expériences", "/experiences", kind="secondary"),
        ),
        class_name="hero fr-container",
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


def home() -> rx.Component:
    """Say what one can do here, and show that it is alive."""
    return page(_hero(), _steps(), _latest(), current="/", trail=None, wide=True)
