"""One's own data, with or without a script: see it, take it away, change the address, erase it.

Painted whole for the browser that opened the private link: nothing of it passes by a State.
"""

from __future__ import annotations

from urllib.parse import urlencode

import htpy as h
from sqlalchemy.orm import Session

from ...components import ui
from ...components.words import DATA_PAGE as PAGE
from ...domain.errors import NotFound
from ...services import follow_up, rights
from ...services.erasure import Choice
from ...services.held import Held
from ...services.rights import WORD
from ...states.base import number
from .. import held as words
from . import pieces
from .fields import Form, gesture
from .paint import Ask, Paint

TITLE = "Mes données"
REFUSALS: dict[str, tuple[str, str]] = {
    "formulaire": ("", "Ce formulaire est arrivé incomplet. Vérifiez, puis recommencez."),
    "adresse": ("email", "Vérifiez cette adresse : il en faut une comme nom@exemple.fr."),
    "demain": ("email", "Vous avez déjà changé d’adresse plusieurs fois. Recommencez demain."),
    "choix": ("choix", "Choisissez ce que devient votre texte."),
    "mot": ("mot", f"Écrivez {WORD} pour confirmer."),
    "garder": ("choix", "Ce texte n’est pas publié : il n’y a rien à garder. Effacez tout."),
}
"""Code in the address → the field it is about, and the sentence."""
SAID = {
    "adresse": "Un message vient de partir à cette adresse. Ouvrez le lien qu’il contient pour la "
    "confirmer.",
    "supprimee": "Votre adresse est supprimée. Nous ne vous écrirons plus.",
}
_CHOICES = (
    ui.Option(
        Choice.REMOVE.value,
        "Effacer mes données, et retirer aussi le texte",
        "Votre texte, les réponses et vos réponses sont vidés. La page publique dit seulement "
        "qu’ils ont été effacés.",
    ),
    ui.Option(
        Choice.KEEP.value,
        "Effacer mes données, et garder le texte sans rien de moi",
        "Le texte reste lisible, sans pseudonyme ni département. Plus personne ne pourra le "
        "corriger ni le retirer.",
    ),
)


def address(number_: int, **more: str) -> str:
    """Return the address of one's data on an experience."""
    return f"{PAGE}?{urlencode({'experience': number_, **more})}"


def data(session: Session, ask: Ask) -> Paint:
    """What is held, the last question before erasing, or what was erased."""
    if (done := ask.query.get("fait", "")) in set(Choice):
        return _page(*_erased(Choice(done)))
    experience = number(ask.query.get("experience", ""))
    if not experience:
        return _page(*_list(session, ask))
    try:
        held = rights.see(session, ask.viewer, experience)
    except NotFound as refusal:
        back = ("Voir ce que je suis sur cet appareil", "/suivi")
        body = pieces.absent("Ouvrez votre lien de suivi", refusal.message, *back)
        return Paint(status=404, body=body, secret=True)
    if ask.query.get("etape") == "effacer":
        return _page(*_confirm(held, ask))
    return _page(*_everything(held, ask))


def _page(*children: h.Node) -> Paint:
    return Paint(body=h.fragment[children], secret=True)


def _refused(ask: Ask) -> tuple[dict[str, str], h.Node]:
    """Return what is wrong by field, and an alert for what is about none."""
    field, text = REFUSALS.get(ask.query.get("refus", ""), ("", ""))
    if not text:
        return {}, None
    return ({field: text}, None) if field else ({}, pieces.alert("error", text, role="alert"))


def _list(session: Session, ask: Ask) -> list[h.Node]:
    cards = follow_up.mine(session, ask.viewer)
    _, alert = _refused(ask)
    rows = [h.li[h.a(href=address(card.id))[card.title]] for card in cards]
    nothing = pieces.empty(
        "Rien à montrer sur cet appareil.",
        "Ouvrez d’abord le lien de suivi que vous avez gardé.",
        pieces.link_button("Ce que le site garde, et pourquoi", "/donnees-personnelles"),
    )
    return [
        pieces.title(TITLE, "Tout ce que le site garde de vous, expérience par expérience."),
        alert,
        h.ul(class_="stack--tight")[rows] if rows else nothing,
    ]


def _everything(held: Held, ask: Ask) -> list[h.Node]:
    experience = held["experience"]["id"]
    errors, alert = _refused(ask)
    said = SAID.get(ask.query.get("dit", ""), "")
    return [
        pieces.title(TITLE, held["experience"]["title"]),
        h.p[h.a(href=f"/suivi/{experience}")["Revenir au suivi de cette expérience"]],
        pieces.said(said) if said else None,
        alert,
        Form({}, errors).summary(),
        h.section(class_="stack")[
            h.h2["Ce que nous gardons de vous"],
            h.p["Personne d’autre que vous ne voit cette page."],
            (
                h.details(class_="panel")[h.summary[heading], h.div(class_="stack held")[content]]
                for heading, content in words.parts(held)
            ),
        ],
        _export(experience),
        _correct(held, errors),
        _erase(held, errors),
    ]


def _export(experience: int) -> h.Element:
    where = f"/api/suivi/{experience}/donnees"
    return h.section(class_="stack")[
        h.h2["Les emporter"],
        h.p["Deux fichiers disent la même chose. Gardez-les comme le texte : ils sont privés."],
        h.div(class_="fr-btns-group")[
            pieces.link_button("Un fichier à lire (HTML)", f"{where}.html", "secondary"),
            pieces.link_button("Un fichier pour un programme (JSON)", f"{where}.json", "secondary"),
        ],
    ]


def _correct(held: Held, errors: dict[str, str]) -> h.Element:
    experience, email = held["experience"]["id"], held["email"]
    known = f"Aujourd’hui : {email['address']}. " if email else ""
    waits = "" if not email or email["confirmed_at"] else "Elle n’est pas encore confirmée. "
    hint = f"{known}{waits}Une nouvelle adresse doit être confirmée par le message qui y part."
    form = Form({}, errors)
    drop = gesture("Supprimer mon adresse", "supprimer", "tertiary")
    return h.section(class_="stack")[
        h.h2["Les corriger"],
        h.p[
            "Un texte refusé se corrige, et un texte se retire, sur ",
            h.a(href=f"/suivi/{experience}")["la page de suivi"],
            ".",
        ],
        h.form(
            action=f"/api/suivi/{experience}/adresse",
            method="post",
            class_="form-column stack",
            novalidate=True,
        )[
            form.line(
                "email",
                "Une autre adresse e-mail" if email else "Une adresse e-mail",
                hint,
                optional=False,
                type="email",
                autocomplete="email",
            ),
            h.div(class_="fr-btns-group")[
                gesture("Écrire à cette adresse", "changer", "secondary"), drop if email else None
            ],
        ],
    ]


def _erase(held: Held, errors: dict[str, str]) -> h.Element:
    experience = held["experience"]["id"]
    may_keep = rights.may_keep(held["experience"]["status"])
    options = _CHOICES if may_keep else _CHOICES[:1]
    held_now = {"choix": options[0].value} if len(options) == 1 else {}
    return h.section(class_="stack", id="effacer")[
        h.h2["Tout effacer"],
        h.p["Rien n’est effacé tout de suite : la page suivante demande une confirmation."],
        h.form(action=PAGE, method="get", class_="form-column stack")[
            h.input(type="hidden", name="experience", value=str(experience)),
            h.input(type="hidden", name="etape", value="effacer"),
            Form(held_now, errors).radios("choix", "Que devient votre texte ?", options),
            h.div[h.button(type="submit", class_="fr-btn fr-btn--secondary")[h.span["Continuer"]]],
        ],
    ]


def _confirm(held: Held, ask: Ask) -> list[h.Node]:
    experience = held["experience"]["id"]
    option = next((one for one in _CHOICES if one.value == ask.query.get("choix", "")), None)
    keeps = option is not None and option.value == Choice.KEEP.value
    if option is None or (keeps and not rights.may_keep(held["experience"]["status"])):
        code = "choix" if option is None else "garder"
        asked = Ask(ask.path, {**ask.query, "refus": ask.query.get("refus", code)}, ask.viewer)
        return _everything(held, asked)
    errors, alert = _refused(ask)
    form = Form({}, errors)
    return [
        pieces.title("Effacer mes données ?", held["experience"]["title"]),
        alert,
        form.summary(),
        pieces.alert(
            "warning", option.label, h.p[option.hint], h.p["On ne peut pas revenir en arrière."]
        ),
        h.section(class_="stack")[h.h2["Ce qui est effacé"], _deleted(Choice(option.value))],
        _last_word(experience, option.value, rights.proof(ask.viewer, experience), form),
    ]


def _last_word(experience: int, choice: str, proof: str, form: Form) -> h.Element:
    action = f"/api/suivi/{experience}/effacer"
    look = "form-column stack"
    return h.form(action=action, method="post", class_=look, novalidate=True)[
        h.input(type="hidden", name="choix", value=choice),
        h.input(type="hidden", name="preuve", value=proof),
        form.line(
            "mot",
            f"Écrivez {WORD} pour confirmer",
            "En majuscules ou en minuscules.",
            optional=False,
            type="text",
            autocomplete="off",
        ),
        h.div(class_="fr-btns-group")[
            h.button(type="submit", class_="fr-btn fr-btn--danger")[
                h.span["Effacer définitivement"]
            ],
            pieces.link_button("Ne rien effacer", address(experience), "secondary"),
        ],
    ]


def _deleted(choice: Choice) -> h.Element:
    text = (
        "le titre, le récit, les mots de chaque version, vos réponses et celles du service ;"
        if choice is Choice.REMOVE
        else "les mots des versions passées, et vos réponses qui ne sont pas publiées ;"
    )
    return h.ul[
        h.li["votre adresse e-mail, et les messages qui n’étaient pas encore partis ;"],
        h.li["vos liens de suivi, et ce qui relie des navigateurs à cette expérience ;"],
        h.li["le pseudonyme, le département ou le pays, et les mots masqués, scellés à part ;"],
        h.li[text],
        h.li["ce que la modération vous a écrit, et ce que vous lui avez écrit."],
    ]


def _erased(choice: Choice) -> list[h.Node]:
    stays = (
        "une ligne vide, avec son numéro, ses dates et les services cités, pour que l’adresse de "
        "la page ne mène jamais à un autre texte ;"
        if choice is Choice.REMOVE
        else "le texte publié, les réponses publiées et le ressenti, sans rien qui vous désigne ;"
    )
    return [
        pieces.title("Vos données sont effacées"),
        pieces.said("C’est fait. Vos liens de suivi n’ouvrent plus rien."),
        h.section(class_="stack")[h.h2["Ce qui est effacé"], _deleted(choice)],
        h.section(class_="stack")[
            h.h2["Ce qui reste, et pourquoi"],
            h.ul[
                h.li[stays],
                h.li[
                    "les lignes du journal, qui disent quel geste a eu lieu et quand, sans un mot "
                    "de vous : elles prouvent que l’effacement a été fait ;"
                ],
                h.li[
                    "les copies de secours, jusqu’à ce que les suivantes les remplacent : elles "
                    "ne servent qu’après un accident."
                ],
            ],
            h.p[h.a(href="/donnees-personnelles")["Tout ce que le site garde, et pourquoi"]],
        ],
        h.p[pieces.link_button("Lire les expériences", "/experiences", "tertiary")],
    ]
