"""Personal data: what is public, what is kept, why, how long, and one's rights."""

from __future__ import annotations

import reflex as rx

from ...components import ui
from ...domain.dates import french_length
from ...domain.drafts import DRAFT_KEPT_FOR
from ...domain.retention import (
    ADDRESS_KEPT_FOR,
    FINGERPRINT_KEPT_FOR,
    ORIGINAL_KEPT_FOR,
    SIGN_IN_KEPT_FOR,
)
from ...settings import settings
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


def _seen_in_a_text() -> list[tuple[str, str, str]]:
    """What is kept of a text beside its words: what it is, why, how long."""
    return [
        (
            "Les mots masqués dans votre texte",
            "Laisser la modération juger en cas de doute ; scellés, chaque lecture est notée",
            f"{french_length(ORIGINAL_KEPT_FOR)}, une fois votre texte relu",
        ),
        (
            "L’empreinte de votre texte : un nombre, d’où rien ne se relit",
            "Voir qu’un même texte arrive plusieurs fois",
            f"{french_length(FINGERPRINT_KEPT_FOR)} après l’envoi",
        ),
        (
            "Ce qu’un programme a vu dans votre texte",
            "Dire à la modération quels passages relire de près ; il ne décide rien",
            "Aussi longtemps que votre texte",
        ),
    ]


def _kept() -> list[rx.Component]:
    rows = [
        ("Votre expérience publiée", "La lire, y répondre", "Jusqu’à ce que vous la retiriez"),
        (
            "Un texte refusé ou retiré",
            "Vous laisser le corriger ; garder trace de la décision",
            "Hors ligne, sans effacement automatique aujourd’hui : demandez-le",
        ),
        (
            "Votre brouillon",
            "Que rien de ce que vous écrivez ne se perde",
            f"{french_length(DRAFT_KEPT_FOR)} après votre dernière modification",
        ),
        *_seen_in_a_text(),
        (
            "Votre adresse e-mail, si vous la donnez",
            "Vous écrire quand il se passe quelque chose",
            f"{french_length(ADDRESS_KEPT_FOR)} après le dernier échange",
        ),
        (
            "L’empreinte de votre lien de suivi et de votre navigateur",
            "Vous ouvrir votre expérience, à vous seul",
            "Tant que l’expérience est gardée, ou jusqu’à ce que vous effaciez votre liste",
        ),
        (
            "Le compte d’un agent : nom, adresse, structure",
            "Se connecter et répondre",
            "Jusqu’à sa fermeture",
        ),
        (
            "Les traces de connexion d’un agent",
            "Empêcher qu’on devine un mot de passe",
            f"{french_length(SIGN_IN_KEPT_FOR)}",
        ),
        (
            "Le journal : quel geste, sur quoi, quand",
            "Prouver ce qui a été fait ; aucun texte n’y est écrit",
            "Sans limite",
        ),
    ]
    return [
        rx.el.h2("Ce que nous gardons, et combien de temps"),
        ui.table(
            "Ce que nous gardons",
            ["Donnée", "À quoi elle sert", "Combien de temps"],
            rows,
            hide_caption=True,
        ),
        rx.el.p(
            "Une tâche efface chaque jour ce dont la durée est passée. Aucune adresse de connexion "
            "(adresse IP) n’est gardée, ni dans la base, ni dans les journaux du logiciel."
        ),
    ]


def _rights() -> list[rx.Component]:
    by = settings().privacy_contact
    named = [rx.el.p("Délégué à la protection des données : ", by)] if by else []
    return [
        rx.el.h2("Vos droits"),
        rx.el.p(
            "Avec votre lien de suivi, sans rien demander à personne, vous pouvez relire ce que vous "
            "avez envoyé, corriger un texte refusé et retirer votre expérience."
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
