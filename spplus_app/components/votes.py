"""What a reader does with an experience: say that they lived the same, rate a reply, share."""

from __future__ import annotations

from typing import Any

import reflex as rx

from . import forms, ui, words


def _form(action: Any, announced: str, *buttons: rx.Component) -> rx.Component:
    return forms.http_form(action, *buttons, announced=announced, bare=True)


def _button(label: Any, value: str, kind: Any = "secondary", **attributes: Any) -> rx.Component:
    return ui.button(
        label,
        type="submit",
        kind=kind,
        small=True,
        custom_attrs={"name": "mot", "value": value, **attributes},
    )


def similar(view: Any) -> rx.Component:
    """Count who lived the same, once a visitor (a Var of `ExperienceView`)."""
    action = f"/api/experiences/{view.id}/similaire"
    return rx.el.section(
        rx.el.h2(words.SIMILAR, class_name="fr-h5"),
        rx.cond(view.similar_told != "", rx.el.p(view.similar_told), rx.fragment()),
        rx.cond(
            view.mine,
            rx.fragment(),
            rx.cond(
                view.felt_similar,
                _form(action, words.SIMILAR_BACK, _button(words.TAKE_BACK, "retirer", "tertiary")),
                _form(action, words.SIMILAR_SAID, _button(words.ME_TOO, "oui")),
            ),
        ),
        class_name="panel stack--tight",
        custom_attrs={"id": "similaire"},
    )


def on_reply(view: Any, *, mine: Any) -> rx.Component:
    """Ask whether a reply is useful, and tell what visitors said (a Var of `ReplyView`)."""
    action = f"/api/reponses/{view.id}/avis"

    def choice(label: str, value: str) -> rx.Component:
        pressed = {"aria-pressed": rx.cond(view.my_vote == value, "true", "false")}
        return _button(label, value, **pressed)

    asked = _form(
        action,
        words.VOTE_KEPT,
        ui.button_group(choice("Utile", "utile"), choice("Pas utile", "pas utile")),
    )
    return rx.el.div(
        rx.cond(
            mine, rx.fragment(), rx.el.div(rx.el.p(words.USEFUL_ASKED), asked, class_name="vote")
        ),
        rx.cond(
            view.votes_told != "",
            rx.el.p(view.votes_told, class_name="fr-hint-text"),
            rx.fragment(),
        ),
        class_name="reply__vote stack--tight",
    )


def share(view: Any) -> rx.Component:
    """Copy the address, send it, print the page (a Var of `ExperienceView`)."""
    return rx.el.section(
        rx.el.h2(words.SHARING, class_name="fr-h5"),
        rx.el.p(view.url, class_name="address", custom_attrs={"id": "adresse"}),
        rx.el.div(
            ui.copy_button("Copier le lien", "adresse"),
            ui.link_button("Envoyer par e-mail", view.mail_href, kind="tertiary"),
            ui.print_button(),
            class_name="cluster no-print",
        ),
        class_name="stack--tight",
    )
