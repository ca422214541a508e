"""What the site says of itself: accessibility, personal data, legal notice. Honest, short."""

from __future__ import annotations

import reflex as rx

from ..components import ui, words
from .layout import absent, page


def _page(title: str, *children: rx.Component) -> rx.Component:
    return page(
        rx.el.div(ui.page_title(title), *children, class_name="prose measure stack"), here=title
    )


def _list(*items: str) -> rx.Component:
    return rx.el.ul(*[rx.el.li(item) for item in items])


def accessibility() -> rx.Component:
    """The accessibility statement: not audited, so not conform."""
    return _page(
        "Accessibilité : non conforme",
        rx.el.p(
            "Aucun audit humain n’a encore été fait : ce site est donc déclaré non conforme au "
            "RGAA 4.1. Cette déclaration est une auto-évaluation."
        ),
        rx.el.h2("Ce qui est vérifié à chaque version"),
        _list(
            "Chaque page passe un contrôle automatique, en thème clair et sombre, sur petit et grand "
            "écran. Un contrôle automatique ne voit qu’une partie des obstacles.",
            "Le parcours complet se fait au clavier seul.",
            "Les contrastes des textes et des boutons sont calculés.",
        ),
        rx.el.h2("Un obstacle ?"),
        rx.el.p(
            "Dites-le à l’organisme qui publie ce site : il doit vous donner l’information autrement. "
            "Sans réponse, vous pouvez saisir le Défenseur des droits."
        ),
    )


def privacy() -> rx.Component:
    """What is kept, why, how long."""
    rows = [
        ("Votre expérience", "La publier, la transmettre au service", "Tant qu’elle est publiée"),
        ("Votre brouillon", "Que rien de ce que vous écrivez ne se perde", "3 mois"),
        (
            "La copie dans votre navigateur",
            "Retrouver votre texte si la connexion se coupe",
            "7 jours au plus ; rien sur un ordinateur partagé",
        ),
        (
            "Votre adresse e-mail, si vous la donnez",
            "Vous écrire quand il se passe quelque chose",
            "12 mois après le dernier échange",
        ),
        ("Un texte refusé", "Vous laisser le corriger", "12 mois"),
    ]
    return _page(
        "Données personnelles et cookies",
        rx.el.p(
            "Vous n’avez pas besoin de compte. Nous ne publions ni votre adresse e-mail, ni votre "
            "code postal : seulement le département ou le pays, si vous le choisissez."
        ),
        rx.el.h2("Ce que nous gardons"),
        ui.table(
            "Ce que nous gardons",
            ["Donnée", "Pourquoi", "Combien de temps"],
            rows,
            hide_caption=True,
        ),
        rx.el.h2("Cookies"),
        rx.el.p(
            "Ce site n’utilise que des cookies nécessaires, et aucun pour vous suivre : un pour "
            "retrouver votre brouillon et vos expériences sur cet appareil, un autre pour les agents "
            "qui se connectent. Aucun service extérieur n’est appelé."
        ),
        rx.el.h2("Vos droits"),
        rx.el.p(
            "Votre lien de suivi permet de relire, de corriger un texte refusé et de retirer votre "
            "expérience à tout moment."
        ),
    )


def legal() -> rx.Component:
    """Who publishes this site."""
    return _page(
        "Mentions légales",
        rx.el.p(
            "Ce site est un logiciel libre (licence EUPL-1.2), dans l’esprit du programme Services "
            "Publics +. Tant que la ligne « Démonstration, site non officiel » est affichée, il "
            "n’est pas publié par l’administration : les services et les expériences qu’on y lit "
            "sont inventés."
        ),
        rx.el.p(
            "L’organisme qui l’installe complète cette page : nom, adresse, directeur de la "
            "publication, hébergeur."
        ),
    )


def not_found() -> rx.Component:
    """The page that does not exist."""
    return page(
        absent(*words.NO_PAGE),
        here="Page introuvable",
    )
