"""What these pages share: their frame, who answers for the site, where else to go."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ...components import ui
from ...settings import settings
from ..layout import page

NOT_GIVEN = "Non renseigné : l’organisme qui tient ce site ne l’a pas encore indiqué."


def article(title: str, *children: rx.Component, lead: str = "") -> rx.Component:
    """Frame a page of text: its title, a first sentence, a column one can read."""
    return page(
        rx.el.div(ui.page_title(title, lead=lead), *children, class_name="measure stack"),
        here=title,
    )


def bullets(*items: Any) -> rx.Component:
    """List facts; an item is a text, or a list of texts and links."""
    return rx.el.ul(
        *[rx.el.li(*item) if isinstance(item, list) else rx.el.li(item) for item in items]
    )


def outside(words: str, href: str) -> rx.Component:
    """Lead to another site."""
    return rx.el.a(words, href=href, rel="external")


def operator() -> str:
    """Name who answers for the site, or say in the sentence that nobody is named."""
    return settings().operator_name or "L’organisme qui tient ce site (nom non renseigné)"


def ways_to_write() -> list[rx.Component]:
    """Return how to reach the operator; none where no setting says it."""
    chosen = settings()
    ways = []
    if chosen.contact_email:
        mail = rx.el.a(chosen.contact_email, href=f"mailto:{chosen.contact_email}")
        ways.append(rx.el.li("Par e-mail : ", mail))
    if chosen.contact_address:
        ways.append(rx.el.li("Par courrier : ", chosen.contact_address))
    return ways


def reach(otherwise: str) -> rx.Component:
    """List how to reach the operator, or say ``otherwise`` that nothing is given."""
    ways = ways_to_write()
    return rx.el.ul(*ways) if ways else rx.el.p(otherwise)


def elsewhere() -> rx.Component:
    """Say where to go for what this site cannot do."""
    return bullets(
        [
            rx.el.strong("Contester une décision. "),
            "Écrivez au service qui l’a prise : sa lettre dit à qui et dans quel délai. Sans réponse, "
            "adressez-vous à son médiateur ou au ",
            outside("Défenseur des droits", "https://www.defenseurdesdroits.fr"),
            ". C’est gratuit.",
        ],
        [
            rx.el.strong("Faire une démarche, connaître vos droits. "),
            "Voyez ",
            outside("service-public.fr", "https://www.service-public.fr"),
            ". Pour être aidé sur place, allez dans une ",
            outside("maison France services", "https://www.france-services.gouv.fr"),
            ".",
        ],
        [
            rx.el.strong("Corriger une erreur que vous avez faite. "),
            "Vous avez le droit à l’erreur : voyez ",
            outside("oups.gouv.fr", "https://www.oups.gouv.fr"),
            ".",
        ],
        [
            rx.el.strong("Quelqu’un est en danger. "),
            "Appelez le 112 ; par SMS, le 114. Si vous avez des idées suicidaires, appelez le 3114, "
            "jour et nuit.",
        ],
    )
