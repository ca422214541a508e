"""The accessibility statement, in the parts the RGAA asks for: not audited, so not conform."""

from __future__ import annotations

from datetime import date

import reflex as rx

from ...domain.dates import french_day
from .common import article, bullets, operator, outside, reach

TITLE = "Accessibilité : non conforme"
MADE = date(2026, 11, 25)
"""When this statement was written; move it when what it says changes."""


def _state() -> list[rx.Component]:
    return [
        rx.el.h2("État de conformité"),
        rx.el.p(
            "Ce site n’est ",
            rx.el.strong("pas conforme"),
            " au référentiel général d’amélioration de l’accessibilité (RGAA), version 4.1 : aucun "
            "audit n’a encore été fait. Tant qu’il n’y en a pas, la règle est de le dire ainsi.",
        ),
        rx.el.h2("Résultats des tests"),
        rx.el.p("Aucun audit de conformité n’a été réalisé. Il n’y a donc pas de taux à donner."),
        rx.el.p("À chaque version du logiciel, des contrôles automatiques sont faits :"),
        bullets(
            "chaque page passe l’outil axe-core, en thème clair et en thème sombre, sur petit et sur "
            "grand écran ;",
            "le parcours complet, du récit à la réponse, se fait au clavier seul ;",
            "chaque page est vue avec un texte deux fois plus grand, et sur 320 pixels de large ;",
            "trois pages sont vues en couleurs forcées.",
        ),
        rx.el.p("Un contrôle automatique ne voit qu’une partie des obstacles."),
        rx.el.h2("Contenus non accessibles"),
        rx.el.h3("Non-conformités"),
        rx.el.p(
            "Faute d’audit, la liste n’est pas connue. Aucun contrôle automatique n’en signale au "
            "jour de cette déclaration. Cela ne prouve pas qu’il n’y en a pas."
        ),
        rx.el.h3("Dérogations pour charge disproportionnée"),
        rx.el.p("Aucune."),
        rx.el.h3("Contenus non soumis à l’obligation d’accessibilité"),
        rx.el.p("Aucun n’a été relevé."),
    ]


def _made() -> list[rx.Component]:
    return [
        rx.el.h2("Établissement de cette déclaration"),
        rx.el.p(f"Cette déclaration a été établie le {french_day(MADE)}."),
        rx.el.h3("Technologies utilisées"),
        bullets("HTML", "CSS", "JavaScript", "WAI-ARIA", "SVG"),
        rx.el.h3("Environnement de test"),
        rx.el.p(
            "Le navigateur Chromium, sous Linux, conduit par un programme. Aucun lecteur d’écran n’a "
            "été essayé par une personne."
        ),
        rx.el.h3("Outil d’évaluation"),
        rx.el.p("axe-core."),
        rx.el.h3("Pages vérifiées par les contrôles automatiques"),
        rx.el.p(
            "Toutes : celles du ",
            rx.el.a("plan du site", href="/plan-du-site"),
            ", et celles des agents et de la modération.",
        ),
        rx.el.h3("Schéma pluriannuel"),
        rx.el.p("Aucun schéma pluriannuel ni plan d’action n’est publié sur ce site."),
    ]


def _ways_out() -> list[rx.Component]:
    return [
        rx.el.h2("Retour d’information et contact"),
        rx.el.p(
            "Un contenu ou un service vous résiste ? Dites-le : vous devez recevoir l’information "
            "autrement, ou être orienté vers une autre solution."
        ),
        reach(
            "L’organisme qui tient ce site n’a pas encore indiqué d’adresse pour cela. C’est un "
            "manque : vous pouvez le signaler au Défenseur des droits."
        ),
        rx.el.h2("Voies de recours"),
        rx.el.p(
            "Vous avez signalé un défaut d’accessibilité qui vous empêche d’accéder à un contenu ou à "
            "un service, et vous n’avez pas eu de réponse satisfaisante ? Vous pouvez :"
        ),
        bullets(
            [
                outside(
                    "écrire un message au Défenseur des droits",
                    "https://formulaire.defenseurdesdroits.fr",
                ),
                " ;",
            ],
            [
                outside(
                    "contacter le délégué du Défenseur des droits dans votre région",
                    "https://www.defenseurdesdroits.fr/saisir/delegues",
                ),
                " ;",
            ],
            "envoyer un courrier par la poste (gratuit, ne mettez pas de timbre) :",
        ),
        rx.el.address(
            "Défenseur des droits",
            rx.el.br(),
            "Libre réponse 71120",
            rx.el.br(),
            "75342 Paris CEDEX 07",
            class_name="postal",
        ),
    ]


def accessibility() -> rx.Component:
    """The statement: state, results, what fails, when it was made, contact, ways out."""
    return article(
        TITLE,
        rx.el.p(
            operator(),
            " s’engage à rendre ce site accessible, comme le demande l’article 47 de la loi "
            "n° 2005-102 du 11 février 2005. Cette déclaration s’applique à toutes ses pages.",
        ),
        *_state(),
        *_made(),
        *_ways_out(),
    )
