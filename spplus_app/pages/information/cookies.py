"""Cookies: every one of them, and what the browser keeps beside them."""

from __future__ import annotations

from datetime import timedelta

import reflex as rx

from ...api.cookies import RESET, RESET_SECONDS, SESSION, VISITOR, VISITOR_DAYS, name_of
from ...components import ui
from ...domain.dates import french_days, french_length
from ...domain.retention import SESSION_IDLE, SESSION_LIFE
from .common import article, bullets

KEPT_IN_BROWSER: tuple[tuple[str, str, str], ...] = (
    (
        "spplus-draft:…",
        "La copie de ce que vous écrivez, si la connexion se coupe",
        "7 jours au plus ; rien sur un ordinateur que vous avez dit partagé",
    ),
    (
        "spplus-upload:…",
        "Reconnaître le fichier dont l’envoi s’est coupé, quand vous le choisissez à nouveau",
        "Jusqu’à la fermeture de l’onglet",
    ),
    (
        "spplus-shared",
        "Se souvenir que vous êtes sur un ordinateur partagé",
        "Jusqu’à la fermeture de l’onglet",
    ),
    (
        "spplus-marks:…",
        "Vos marques sur un document, si la connexion se coupe",
        "Jusqu’à ce qu’elles soient parties ; rien sur un ordinateur que vous avez dit partagé",
    ),
    (
        "spplus-keys",
        "Votre choix de ne pas avoir de raccourcis du clavier, pour marquer un document",
        "Jusqu’à ce que vous l’effaciez",
    ),
    ("theme", "Votre choix de couleurs, claires ou sombres", "Jusqu’à ce que vous l’effaciez"),
    (
        "react-router-scroll-positions",
        "Revenir au même endroit de la page précédente",
        "Jusqu’à la fermeture de l’onglet",
    ),
    (
        "reflex_last_reloaded_on_error",
        "Ne pas recharger sans fin une page qui a un défaut",
        "Jusqu’à la fermeture de l’onglet",
    ),
    (
        "token",
        "Un numéro tiré au hasard, pour que la page reçoive ses propres réponses",
        "Jusqu’à la fermeture de l’onglet",
    ),
)
"""Name in the browser's storage, why, how long."""


def _cookies() -> list[tuple[str, str, str]]:
    session = f"À la fermeture du navigateur ; {french_length(SESSION_LIFE)} au plus, et "
    session += f"{french_length(SESSION_IDLE)} sans rien faire"
    return [
        (
            VISITOR,
            "Retrouver votre brouillon et vos expériences sur cet appareil ; ne compter qu’une fois "
            "votre avis sur une expérience ou une réponse",
            french_days(VISITOR_DAYS),
        ),
        (SESSION, "Garder connectés les agents et la modération", session),
        (
            RESET,
            "Choisir un autre mot de passe, pour un compte d’agent",
            french_length(timedelta(seconds=RESET_SECONDS)),
        ),
    ]


def cookies() -> rx.Component:
    """List the cookies: few, necessary, and none that follows anybody."""
    return article(
        "Cookies",
        rx.el.p(
            "Ils servent à faire marcher le site. La loi dispense de demander votre accord pour "
            "ceux-là : il n’y a donc pas de bandeau."
        ),
        bullets(
            "Aucun ne vous suit d’un site à l’autre, aucun ne mesure l’audience.",
            "Aucun service extérieur n’est appelé par les pages.",
            "Les pages d’information n’en posent aucun. Le premier est posé sur une page où vous pouvez "
            "agir : raconter une expérience, la suivre.",
        ),
        rx.el.h2("Les cookies"),
        ui.table(
            "Les cookies du site",
            ["Nom", "À quoi il sert", "Combien de temps"],
            _cookies(),
            hide_caption=True,
        ),
        rx.el.p(
            "Quand le site est en https, ces noms commencent par ",
            rx.el.code(name_of("", https=True)),
            ". Chacun contient un code tiré au hasard, que les programmes de la page ne peuvent pas "
            "lire. Nous n’en gardons qu’une empreinte.",
        ),
        rx.el.h2("Ce que votre navigateur garde pour lui"),
        rx.el.p("Ceci ne quitte pas votre appareil, sauf le numéro de la dernière ligne."),
        ui.table(
            "Ce que votre navigateur garde",
            ["Nom", "À quoi cela sert", "Combien de temps"],
            KEPT_IN_BROWSER,
            hide_caption=True,
        ),
        rx.el.h2("Les effacer"),
        rx.el.p(
            "Les réglages de votre navigateur permettent de tout effacer. Gardez alors votre lien de "
            "suivi : lui marchera toujours. Sans le cookie de suivi, on peut lire, mais pas raconter."
        ),
        lead="Trois cookies, tous nécessaires. Aucun ne vous suit.",
    )
