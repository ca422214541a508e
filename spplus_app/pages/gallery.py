"""The gallery: every component of the design system, in every state, from the registry.

Of the development build only: it is the working page of those who make the screens.
"""

from __future__ import annotations

from itertools import groupby

import reflex as rx

from spplus_app.components import ui
from spplus_app.components.ui.examples.example import Example
from spplus_app.components.ui.registry import registry

from .head import is_official


def _anchor(name: str) -> str:
    return f"composant-{name.replace('_', '-')}"


def _state(example: Example) -> rx.Component:
    return rx.el.div(
        rx.el.h3(example.state, class_name="gallery__state"),
        rx.el.div(example.render(), class_name="gallery__example"),
    )


def _component(name: str, examples: list[Example]) -> rx.Component:
    doc = (getattr(ui, name).__doc__ or "").strip().splitlines()[0]
    return rx.el.section(
        rx.el.h2(
            name, class_name="gallery__name", custom_attrs={"id": _anchor(name), "tabIndex": -1}
        ),
        rx.el.p(doc, class_name="soft", custom_attrs={"lang": "en"}),
        rx.el.div(*[_state(example) for example in examples], class_name="gallery__states"),
        class_name="stack",
    )


def gallery() -> rx.Component:
    """Make the gallery; pieces of the frame are shown by the page's own frame."""
    shown = [example for example in registry if not example.whole]
    names = list(dict.fromkeys(example.name for example in shown))
    return ui.shell(
        ui.page_title("La galerie", lead="Chaque composant, dans chacun de ses états."),
        rx.el.nav(
            rx.el.ul(
                *[rx.el.li(ui.tag(name, href=f"#{_anchor(name)}")) for name in names],
                class_name="fr-tags-group",
            ),
            custom_attrs={"aria-label": "Composants"},
        ),
        *[
            _component(name, list(examples))
            for name, examples in groupby(shown, key=lambda example: example.name)
        ],
        header=ui.header(current="/galerie", state_brand=is_official()),
    )


def frames() -> rx.Component:
    """Make the page of an agent who has lost the connection: the other state of the frame."""
    return ui.shell(
        ui.page_title("Le cadre d’une page"),
        rx.el.p("Une personne est connectée, et la connexion est perdue."),
        header=ui.header(
            current="/experiences",
            person="Claire Vidal",
            signed_in=True,
            state_brand=is_official(),
        ),
        banner=ui.connection_banner(True),
        breadcrumb=ui.breadcrumb([("Accueil", "/"), ("Galerie", "/galerie")], "Cadre"),
    )
