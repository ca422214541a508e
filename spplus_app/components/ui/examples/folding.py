"""Examples: what folds, and what is put forward."""

from __future__ import annotations

import reflex as rx

from ..buttons import link_button
from ..content import callout, highlight
from ..folding import accordion, accordion_group
from .example import Example


def _questions() -> rx.Component:
    return accordion_group(
        accordion(
            "Qui lit ce que j’écris\u00a0?",
            rx.el.p("Une personne relit votre texte. Le service concerné le reçoit ensuite."),
            open=True,
        ),
        accordion(
            "Combien de temps avant une réponse\u00a0?",
            rx.el.p("Chaque service annonce son délai. Nous montrons aussi le délai réel."),
        ),
        accordion(
            "Puis-je retirer mon texte\u00a0?",
            rx.el.p("Oui, à tout moment, par votre lien privé."),
        ),
    )


EXAMPLES: tuple[Example, ...] = (
    Example(
        "accordion",
        "seul, replié",
        lambda: accordion(
            "Comment joindre un document\u00a0?",
            rx.el.p("Préparez une photo ou un fichier PDF."),
            ident="joindre",
        ),
    ),
    Example("accordion_group", "questions fréquentes", _questions),
    Example(
        "callout",
        "avec une action",
        lambda: callout(
            "Vous avez reçu un courrier difficile à comprendre\u00a0?",
            "Montrez-le, surlignez ce qui vous perd. L’administration le réécrit.",
            link_button("Signaler un document", "#"),
            icon="edit",
        ),
    ),
    Example(
        "callout",
        "simple",
        lambda: callout("À savoir", "Ce site ne remplace pas une réclamation ni un recours."),
    ),
    Example(
        "highlight",
        "une phrase",
        lambda: highlight("Votre texte est publié sans votre nom, et vous pouvez le retirer."),
    ),
)
