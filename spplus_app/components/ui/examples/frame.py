"""Examples: what surrounds a page."""

from __future__ import annotations

import reflex as rx

from ..alerts import demo_notice, live_regions
from ..footer import footer
from ..header import appearance, header
from ..navigation import breadcrumb, on_this_page, skip_links, stepper
from ..shell import shell
from .example import Example

_STEPS = ("Quel service\u00a0?", "Que s’est-il passé\u00a0?", "Vous", "Vérifiez")

EXAMPLES: tuple[Example, ...] = (
    Example("stepper", "deuxième étape", lambda: stepper(_STEPS, 2)),
    Example("stepper", "dernière étape", lambda: stepper(_STEPS, 4)),
    Example(
        "breadcrumb",
        "deux niveaux",
        lambda: breadcrumb(
            [("Accueil", "/"), ("Expériences", "/experiences")],
            "Trois mois pour un rendez-vous de carte d’identité",
        ),
    ),
    Example(
        "on_this_page",
        "trois parties",
        lambda: on_this_page(
            [("a", "Les engagements"), ("b", "Qui participe"), ("c", "Les chiffres de ce site")]
        ),
    ),
    Example("appearance", "choix du thème", lambda: appearance("apparence-exemple")),
    Example("demo_notice", "ligne permanente", demo_notice, whole=True),
    Example("header", "visiteur", header, whole=True),
    Example("header", "agent", lambda: header(person="Claire Vidal", signed_in=True), whole=True),
    Example("footer", "liens obligatoires", footer, whole=True),
    Example("skip_links", "liens d’évitement", skip_links, whole=True),
    Example("live_regions", "vides au chargement", live_regions, whole=True),
    Example(
        "shell",
        "page entière",
        lambda: shell(rx.el.h1("Titre", custom_attrs={"tabIndex": -1})),
        whole=True,
    ),
)
