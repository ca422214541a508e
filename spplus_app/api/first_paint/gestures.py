"""What a reader may do with a published experience, as plain forms."""

from __future__ import annotations

import htpy as h

from ...components import words
from ...components.html import icon
from ...services.views import ExperienceView, ReplyView
from . import pieces


def _form(action: str, *children: h.Node) -> h.Element:
    return h.spplus_form[
        h.form(action=action, method="post", class_="cluster")[children],
        h.div(hidden=True, data_alerts="")[
            pieces.alert("error", "", small=True, role="alert"),
            pieces.alert("success", "", role="status"),
        ],
    ]


def _press(label: str, value: str, kind: str = "secondary", pressed: str = "") -> h.Element:
    look = f"fr-btn fr-btn--{kind} fr-btn--sm"
    return h.button(
        type="submit", class_=look, name="mot", value=value, aria_pressed=pressed or None
    )[h.span[label]]


def similar(view: ExperienceView) -> h.Element:
    """Say that one lived the same, or take it back."""
    action = f"/api/experiences/{view.id}/similaire"
    button = _press(words.ME_TOO, "oui")
    if view.felt_similar:
        button = _press(words.TAKE_BACK, "retirer", "tertiary")
    return h.section(id="similaire", class_="panel stack--tight")[
        h.h2(class_="fr-h5")[words.SIMILAR],
        h.p[view.similar_told] if view.similar_told else None,
        None if view.mine else _form(action, button),
    ]


def vote(view: ReplyView, mine: bool) -> h.Element:
    """Say whether a reply is useful, and how many said so."""
    action = f"/api/reponses/{view.id}/avis"
    choices = [
        _press(label, value, pressed="true" if view.my_vote == value else "false")
        for label, value in (("Utile", "utile"), ("Pas utile", "pas utile"))
    ]
    asked = h.div(class_="vote")[
        h.p[words.USEFUL_ASKED], _form(action, h.div(class_="fr-btns-group")[choices])
    ]
    return h.div(class_="reply__vote stack--tight")[
        None if mine else asked,
        h.p(class_="fr-hint-text")[view.votes_told] if view.votes_told else None,
    ]


def share(view: ExperienceView) -> h.Element:
    """Give an experience to somebody else."""
    # Copying and printing ask for a script: without one there is the address itself.
    return h.section(class_="stack--tight")[
        h.h2(class_="fr-h5")[words.SHARING],
        h.p(id="adresse", class_="address")[view.url],
        h.div(class_="cluster no-print")[
            h.button(type="button", class_="fr-btn fr-btn--secondary", data_copies="adresse")[
                icon("link"), h.span["Copier le lien"]
            ],
            pieces.link_button("Envoyer par e-mail", view.mail_href, "tertiary"),
            h.button(type="button", class_="fr-btn fr-btn--tertiary", data_prints="")[
                icon("print"), h.span["Imprimer cette page"]
            ],
        ],
    ]
