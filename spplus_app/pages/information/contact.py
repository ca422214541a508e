"""Contact: how to write to the operator, and what it is not for."""

from __future__ import annotations

import reflex as rx

from ...components import ui
from .common import article, bullets, elsewhere, operator, reach, ways_to_write


def contact() -> rx.Component:
    """Say how to reach who answers for the site; plainly when nothing is given."""
    given = bool(ways_to_write())
    return article(
        "Contact",
        rx.el.h2("Écrire à l’organisme qui tient ce site"),
        rx.el.p(operator() + "."),
        reach(
            "Aucune adresse n’est encore indiquée. Ce site ne peut donc pas recevoir votre message "
            "pour le moment."
        ),
        *(
            [
                rx.el.p("Écrivez-lui pour :"),
                bullets(
                    "signaler un obstacle d’accessibilité ou une panne ;",
                    "exercer vos droits sur vos données ;",
                    "signaler un texte publié qui vous paraît illicite, si le lien « Signaler ce "
                    "texte » ne suffit pas ;",
                    "faire apparaître un service public sur ce site.",
                ),
                rx.el.p(
                    "N’envoyez jamais votre lien de suivi : il ouvre votre expérience à qui le lit."
                ),
            ]
            if given
            else []
        ),
        rx.el.h2("Pour raconter une expérience"),
        rx.el.p(
            "N’écrivez pas ici : partagez-la. Elle arrivera au service concerné, et il répondra en "
            "public."
        ),
        rx.el.p(
            ui.link_button("Je partage mon expérience", "/partager/service", reload_document=True)
        ),
        rx.el.h2("Pour autre chose"),
        elsewhere(),
    )
