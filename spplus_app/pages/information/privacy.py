"""Personal data: what is public, what is kept, why, how long, and one's rights."""

from __future__ import annotations

import reflex as rx

from ...components.programme import loaded
from ...components.register import register
from ...components.words import DATA_PAGE
from ...settings import settings
from ...states.register import RegisterState
from .common import article, bullets, operator, outside, reach


def _public() -> list[rx.Component]:
    return [
        rx.el.h2("Ce que tout le monde voit"),
        bullets(
            "Votre texte, son titre, votre ressenti, les services cités et la date.",
            "Votre département ou votre pays, et votre pseudonyme, si vous les donnez.",
        ),
        rx.el.p(
            "Jamais votre adresse e-mail, ni votre code postal. Une personne relit chaque texte avant "
            "de le publier, pour que personne ne soit reconnaissable."
        ),
        rx.el.p(
            "Le service concerné voit la même chose que tout le monde. Il ne reçoit pas votre adresse."
        ),
    ]


def _purposes() -> list[rx.Component]:
    return [
        rx.el.h2("Pourquoi"),
        rx.el.p(
            "L’arrêté du 18 juin 2021 (NOR TFPT2118319A), qui encadre le programme national, prévoit "
            "quatre buts :"
        ),
        bullets(
            "publier des témoignages, et permettre aux services d’y répondre ;",
            "retravailler des courriers avec des usagers volontaires ;",
            "faire des études, avec des données rendues anonymes ;",
            "lutter contre les dépôts illicites.",
        ),
        rx.el.p(
            "Ce site se sert aujourd’hui du premier et du dernier. Il compte aussi les expériences et "
            "les délais, sans rien qui désigne une personne."
        ),
    ]


def _kept() -> list[rx.Component]:
    return [
        rx.el.h2("Le registre\u00a0: ce que nous gardons, et combien de temps"),
        rx.el.p(
            "Chaque durée est appliquée par une tâche, qui note ici ce qu’elle a supprimé. Ces "
            "durées sont des réglages de départ."
        ),
        rx.el.p(
            "Aucune adresse de connexion (adresse IP) n’est gardée, ni dans la base, ni dans les "
            "journaux du logiciel. Si la loi oblige l’organisme à en garder le relevé, ",
            rx.el.a("le registre le dit", href="#registre-connections"),
            ".",
        ),
        loaded(RegisterState, register(RegisterState.treatments), "Chargement du registre…"),
    ]


def _rights() -> list[rx.Component]:
    by = settings().privacy_contact
    named = [rx.el.p("Délégué à la protection des données : ", by)] if by else []
    return [
        rx.el.h2("Vos droits"),
        rx.el.p(
            "Avec votre lien de suivi, sans rien demander à personne, vous pouvez voir tout ce que "
            "nous gardons de vous, l’emporter, corriger un texte refusé, changer ou supprimer votre "
            "adresse, retirer votre expérience et tout effacer\u00a0: ouvrez ",
            rx.el.a("Mes données", href=DATA_PAGE, reload_document=True),
            " dans le navigateur où votre lien a été ouvert.",
        ),
        rx.el.p(
            "Vous pouvez aussi demander à voir, corriger ou effacer ce qui vous concerne, limiter son "
            "usage ou vous y opposer. Écrivez à l’organisme qui tient ce site :"
        ),
        *named,
        reach("Il n’a pas encore indiqué d’adresse pour cela."),
        rx.el.p(
            "Si la réponse ne vous satisfait pas, vous pouvez saisir la ",
            outside("CNIL", "https://www.cnil.fr/fr/plaintes"),
            ".",
        ),
        rx.el.p("Voyez aussi ", rx.el.a("les cookies", href="/cookies"), "."),
    ]


def privacy() -> rx.Component:
    """Say who is responsible, what is public, why, how long, and what one may ask."""
    return article(
        "Données personnelles",
        rx.el.h2("Qui en répond"),
        rx.el.p(operator() + "."),
        *_public(),
        *_purposes(),
        *_kept(),
        *_rights(),
        lead="Pas de compte à créer, et le moins de données possible.",
    )
