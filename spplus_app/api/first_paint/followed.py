"""One experience as its author follows it, with or without a script: all of it, and plain forms.

Painted for the browser that opened the private link, like `rights`; a script then takes over.
"""

from __future__ import annotations

import htpy as h
from sqlalchemy.orm import Session

from ...components import words
from ...domain.appeals import APPEAL_MAX
from ...domain.errors import NotFound
from ...domain.privacy import WORDS
from ...services import follow_up
from ...services.follow_up import FollowUp
from ...services.views import StepView
from ...states.base import number
from . import pieces, reporting, shown
from .fields import Form, gesture
from .paint import Ask, Paint
from .rights import address

TITLE = "Mon expérience"
TRAIL = (("Suivre mon expérience", "/suivi"),)
REFUSALS: dict[str, tuple[str, str]] = {
    "mots": (
        "piece_1",
        "Ces mots ne sont pas dans le texte, ou pas entiers. Recopiez-les tels quels.",
    ),
    "mot": ("kind_1", "Choisissez ce qui remplacera ces mots."),
    "change": ("", "Cette action n’est plus possible\u00a0: relisez où en est votre expérience."),
    "formulaire": ("", "Ce formulaire est arrivé incomplet. Vérifiez, puis recommencez."),
}
"""Code in the address → the field it is about, and the sentence."""
SAID = {
    "retiree": "Votre expérience est retirée. Plus personne ne la voit.",
    "masque": "C’est fait. Ces mots ne se lisent plus sur le site.",
    "confirmee": "Votre adresse est confirmée. Nous vous écrirons à chaque étape.",
}


def followed(session: Session, ask: Ask) -> Paint:
    """All that the author sees, or how to open their private link."""
    try:
        page = follow_up.follow(session, ask.viewer, number(ask.last))
    except NotFound as refusal:
        back = ("Voir ce que je suis sur cet appareil", "/suivi")
        body = pieces.absent("Ouvrez votre lien de suivi", refusal.message, *back)
        return _paint(body, 404)
    if ask.query.get("etape") == "retirer" and page.may_withdraw:
        return _paint(_withdrawing(page))
    return _paint(_whole(page, ask))


def _paint(body: h.Renderable, status: int = 200) -> Paint:
    return Paint(
        status=status,
        title=TITLE,
        body=body,
        crumbs=TRAIL,
        here=TITLE,
        robots="noindex",
        secret=True,
    )


def _whole(page: FollowUp, ask: Ask) -> h.Element:
    field, text = REFUSALS.get(ask.query.get("refus", ""), ("", ""))
    said = SAID.get(ask.query.get("dit", ""), "")
    form = Form({}, {field: text} if field else {})
    view = page.experience
    return h.div(class_="two-columns")[
        h.div(class_="stack stack--loose")[
            h.div(class_="stack")[h.p[pieces.badge(page.status_name)], pieces.title(view.title)],
            pieces.said(said) if said else None,
            form.summary(),
            pieces.alert("error", text, role="alert") if text and not field else None,
            (reporting.notice(one) for one in page.notices),
            _decision(page),
            _email(page),
            _replies(page),
            h.section(class_="stack")[
                h.h2["Votre texte"],
                shown.about(view),
                shown.told(view),
                _mask(page, form) if page.may_mask else None,
            ],
        ],
        h.aside(class_="panel stack")[_aside(page)],
    ]


def _decision(page: FollowUp) -> h.Node:
    """Why the text is not published, and the second opinion one may ask."""
    told = [part for part in page.refusal.split("\n\n") if part]
    appeal = page.appeal
    return [
        pieces.alert("warning", page.status_name, (h.p[part] for part in told)) if told else None,
        _appeal(page) if appeal.decision else None,
        pieces.alert(
            "info",
            f"Vous avez demandé un second avis le {appeal.asked}",
            h.p[f"Une autre personne vous répondra ici avant le {appeal.due}."],
        )
        if appeal.asked
        else None,
        pieces.alert(
            "info",
            f"Second avis du {appeal.rejected}\u00a0: la décision est maintenue",
            h.p(class_="prose")[appeal.message],
        )
        if appeal.rejected
        else None,
    ]


def _appeal(page: FollowUp) -> h.Element:
    hint = "Une autre personne que celle qui a décidé relira votre texte, avant le "
    return h.section(class_="panel stack")[
        h.h2["Pas d’accord avec cette décision\u00a0?"],
        h.p[f"{hint}{page.appeal.promised}. Vous pouvez le demander une fois."],
        h.form(
            action=f"/api/suivi/{page.experience.id}/second-avis", method="post", class_="stack"
        )[
            h.input(type="hidden", name="decision", value=str(page.appeal.decision)),
            Form({}).text(
                "texte",
                "Pourquoi vous n’êtes pas d’accord",
                "",
                rows="4",
                optional=True,
                maxlength=str(APPEAL_MAX),
            ),
            h.div[
                h.button(type="submit", class_="fr-btn fr-btn--secondary")[
                    h.span["Demander un second avis"]
                ]
            ],
        ],
    ]


def _act(page: FollowUp, *children: h.Node) -> h.Element:
    action = f"/api/suivi/{page.experience.id}/geste"
    look = "form-column stack"
    return h.form(action=action, method="post", class_=look, novalidate=True)[children]


def _email(page: FollowUp) -> h.Node:
    if not page.email_hint:
        return None
    if page.email_confirmed:
        return h.p(class_="soft")["Nous vous écrivons à ", h.strong[page.email_hint], "."]
    if not page.may_confirm:
        return pieces.alert(
            "info",
            f"Un e-mail est parti à {page.email_hint}",
            h.p["Ouvrez le lien qu’il contient pour confirmer cette adresse."],
        )
    return pieces.alert(
        "info",
        f"Voulez-vous être prévenu à {page.email_hint}\u00a0?",
        h.p["Confirmez cette adresse\u00a0: nous vous écrirons à chaque étape."],
        _act(page, h.div[gesture("Oui, écrivez-moi", "confirmer")]),
    )


def _replies(page: FollowUp) -> h.Node:
    if not page.experience.replies:
        return None
    return h.section(class_="stack")[
        h.h2["Réponses"], (shown.reply(one, mine=True) for one in page.experience.replies)
    ]


def _mask(page: FollowUp, form: Form) -> h.Element:
    return h.details(class_="panel", open=bool(form.errors))[
        h.summary[words.MASK_MORE[0]],
        h.p(class_="fr-hint-text")[words.MASK_MORE[1]],
        _act(
            page,
            h.input(type="hidden", name="version", value=str(page.version)),
            form.line(
                "piece_1",
                "Mots à masquer",
                "Recopiez-les tels qu’ils sont dans le texte.",
                optional=False,
                type="text",
                autocomplete="off",
            ),
            form.choice(
                "kind_1",
                "Remplacés par",
                "",
                [(kind.value, word) for kind, word in WORDS.items()],
                "Choisissez",
            ),
            h.div[gesture("Masquer ces mots", "masquer", "secondary")],
        ),
    ]


def _aside(page: FollowUp) -> list[h.Node]:
    view = page.experience
    withdraw = pieces.link_button("Retirer mon expérience", "?etape=retirer", "tertiary")
    data = "Voir, emporter ou effacer ce que le site garde de moi"
    return [
        h.h2["Étapes"],
        h.ol(class_="timeline", aria_label="Étapes")[(_step(one) for one in page.steps)],
        h.p[h.a(href=view.href)["Voir la page publique"]] if view.href else None,
        h.p[withdraw] if page.may_withdraw else None,
        h.h2["Services concernés"],
        shown.services(view.services),
        h.h2["Mes données"],
        h.p[h.a(href=address(view.id))[data]],
    ]


def _step(step: StepView) -> h.Element:
    return h.li[
        h.p(class_="timeline__title")[step.title],
        h.p(class_="timeline__date")[step.date],
        h.p(class_="timeline__detail")[step.detail] if step.detail else None,
    ]


def _withdrawing(page: FollowUp) -> h.Element:
    """The last question: nothing is taken back by one press."""
    where = f"/suivi/{page.experience.id}"
    return h.div(class_="measure stack")[
        pieces.title("Retirer votre expérience\u00a0?", page.experience.title),
        h.p["Plus personne ne la verra, et le service ne pourra plus y répondre."],
        h.p["Vous pourrez en raconter une autre."],
        _act(
            page,
            h.div(class_="fr-btns-group")[
                h.button(
                    type="submit", name="geste", value="retirer", class_="fr-btn fr-btn--danger"
                )[h.span["Oui, la retirer"]],
                pieces.link_button("Non, la garder", where, "secondary"),
            ],
        ),
    ]
