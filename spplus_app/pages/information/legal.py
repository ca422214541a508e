"""The legal notice: who publishes, who hosts, under which licences."""

from __future__ import annotations

import reflex as rx

from ...components import ui
from ...settings import settings
from .common import NOT_GIVEN, article, outside


def legal() -> rx.Component:
    """Say who answers for this site, and what is not filled in."""
    chosen = settings()
    unofficial = rx.el.p(
        "Ce site n’est pas un site officiel. Il est fait dans l’esprit du programme "
        "Services Publics +, mais l’administration ne le publie pas. Les services et les expériences de la "
        "démonstration sont inventés."
    )
    return article(
        "Mentions légales",
        *([] if chosen.official else [unofficial]),
        rx.el.h2("Éditeur"),
        ui.summary_list(
            [
                ("Organisme", chosen.operator_name or NOT_GIVEN),
                ("Adresse", chosen.operator_address or NOT_GIVEN),
                ("Directeur de la publication", chosen.publication_director or NOT_GIVEN),
            ]
        ),
        rx.el.p("Pour lui écrire : ", rx.el.a("la page Contact", href="/contact"), "."),
        rx.el.h2("Hébergeur"),
        ui.summary_list([("Nom, adresse et téléphone", chosen.hosting or NOT_GIVEN)]),
        rx.el.h2("Les textes que vous lisez"),
        rx.el.p(
            "Les expériences sont écrites par leurs auteurs, les réponses par les services. Une "
            "personne relit chaque expérience avant de la publier ; elle peut la refuser, ou en "
            "retoucher des mots. Les réponses des services sont publiées sans relecture."
        ),
        rx.el.p(
            "Un texte publié vous paraît illicite ? Suivez le lien « Signaler ce texte » qui "
            "est dessous : une personne le relit. Vous pouvez aussi le dire à l’éditeur, par ",
            rx.el.a("la page Contact", href="/contact"),
            ".",
        ),
        rx.el.h2("Licences"),
        rx.el.p(
            "Le logiciel est libre, sous licence ",
            outside("EUPL 1.2", "https://eupl.eu/1.2/fr/"),
            ". Sauf mention contraire, les contenus du site sont sous licence ",
            outside("etalab-2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
            " : on peut les réutiliser en citant la source et la date.",
        ),
        rx.el.p(
            "Le caractère d’écriture est de la famille Atkinson Hyperlegible, du Braille Institute, sous "
            "licence SIL Open Font License 1.1. Il est dessiné pour être lu sans effort."
        ),
        rx.el.h2("Données personnelles, accessibilité"),
        rx.el.p(
            "Voyez ",
            rx.el.a("ce que nous gardons de vous", href="/donnees-personnelles"),
            ", ",
            rx.el.a("les cookies", href="/cookies"),
            " et ",
            rx.el.a("l’état d’accessibilité", href="/accessibilite"),
            ".",
        ),
    )
