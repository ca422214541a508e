"""The programme: what it is, who takes part, what becomes of an experience, figures."""

from __future__ import annotations

import reflex as rx

from ..components import programme, ui
from ..domain.dates import french_length
from ..domain.drafts import DRAFT_KEPT_FOR
from ..domain.experiences import COMPLAINT_NOTICE, STRUCTURES_MAX
from ..domain.replies import DEFAULT_DELAY_DAYS
from ..states.programme import ProgrammeState
from .information.common import bullets, elsewhere, outside
from .layout import page

_TITLE = "Le programme Services Publics +"
_SITE = "https://www.plus.transformation.gouv.fr"
_PARTS: tuple[tuple[str, str], ...] = (
    ("programme", "Ce que c’est"),
    ("engagements", "Les engagements"),
    ("participants", "Qui participe"),
    ("collectivites", "Une collectivité veut participer"),
    ("suite", "Ce que devient une expérience"),
    ("ailleurs", "Ce n’est pas un guichet de réclamation"),
    ("chiffres", "Les chiffres de ce site"),
)


def _what() -> list[rx.Component]:
    return [
        rx.el.p(
            "Services Publics + est un programme de l’État. Il est conduit par la direction "
            "interministérielle de la transformation publique (DITP). Les services publics qui y "
            "participent :"
        ),
        bullets(
            "prennent des engagements envers vous ;",
            "publient leurs résultats ;",
            "lisent ce que vous avez vécu, et y répondent en public ;",
            "se servent de ce que vous racontez pour s’améliorer.",
        ),
        rx.el.p(
            "Le site du programme est ",
            outside("plus.transformation.gouv.fr", _SITE),
            ". Le site que vous lisez fonctionne avec un logiciel libre et indépendant, fait dans "
            "le même esprit.",
        ),
    ]


def _commitments() -> list[rx.Component]:
    state = ProgrammeState
    return [
        rx.el.p("Ils valent pour tous les services qui participent."),
        programme.loaded(
            state, programme.commitments(state.commitments), "Chargement des engagements…"
        ),
    ]


def _who() -> list[rx.Component]:
    return [
        rx.el.div(
            rx.el.div(
                rx.el.h3("Doivent participer"),
                bullets(
                    "les services de l’État ;",
                    "ses établissements publics ;",
                    "les établissements publics locaux d’enseignement : collèges et lycées publics ;",
                    "les organismes de sécurité sociale ;",
                    "les établissements publics de santé.",
                ),
                class_name="panel stack",
            ),
            rx.el.div(
                rx.el.h3("Peuvent participer"),
                bullets(
                    "les collectivités territoriales : communes, départements, régions ;",
                    "leurs établissements.",
                ),
                rx.el.p("Elles le décident elles-mêmes : rien ne les y oblige."),
                class_name="panel stack",
            ),
            class_name="grid",
        ),
        rx.el.p("Participer demande quatre choses :"),
        bullets(
            "appliquer les engagements communs ;",
            "publier ses résultats de qualité ;",
            "écouter les usagers ;",
            "s’améliorer sans cesse.",
        ),
        rx.el.p(
            "Source : arrêté du 31 août 2023, publié au Journal officiel du 1er septembre 2023 "
            "(NOR TFPT2322190A).",
            class_name="fr-hint-text",
        ),
    ]


def _join() -> list[rx.Component]:
    return [
        rx.el.h3("Entrer dans le programme national"),
        rx.el.p(
            "Adressez-vous à la DITP, par ",
            outside("le site du programme", _SITE),
            ". La procédure exacte n’est pas connue du site que vous lisez.",
        ),
        rx.el.h3("Apparaître sur ce site"),
        rx.el.p(
            "Il n’y a pas de demande en ligne aujourd’hui. Écrivez à l’organisme qui tient ce site, "
            "par ",
            rx.el.a("la page Contact", href="/contact"),
            ". Préparez :",
        ),
        bullets(
            "la liste de vos structures : nom, code postal et ville de chacune ;",
            "le délai dans lequel chacune s’engage à répondre ;",
            "les personnes qui répondront : nom, fonction, adresse e-mail professionnelle ;",
            "vos résultats de qualité, s’ils sont déjà mesurés.",
        ),
        rx.el.p(
            "Il ajoute vos structures et ouvre les comptes de vos agents. Les résultats de qualité ne "
            "sont pas encore affichés ici."
        ),
    ]


def _steps() -> list[rx.Component]:
    steps = (
        (
            f"Brouillon gardé {french_length(DRAFT_KEPT_FOR)}",
            "Vous racontez",
            f"Sans compte, en quatre étapes. Vous citez jusqu’à {STRUCTURES_MAX} services.",
        ),
        (
            "Tout de suite",
            "Vous recevez un lien de suivi",
            "Il est à vous seul. Il ne peut pas être retrouvé : gardez-le.",
        ),
        (
            "Aucun délai n’est promis",
            "Une personne relit votre texte",
            "Elle vérifie que personne n’est reconnaissable. Un texte refusé l’est avec une raison : "
            "vous le corrigez et le renvoyez.",
        ),
        (
            "Le jour de la décision",
            "Votre texte est publié",
            "Sans votre nom. Il arrive dans la boîte de chaque service cité.",
        ),
        (
            f"Dans le délai qu’annonce le service ; {DEFAULT_DELAY_DAYS} jours s’il n’en annonce pas",
            "Le service répond",
            "Sa réponse est publique et signée. Passé le délai, la page dit qu’elle est en retard.",
        ),
        (
            "Quand vous voulez",
            "Vous dites si la réponse est utile",
            "Vous pouvez aussi répondre au service, ou retirer votre texte.",
        ),
    )
    return [
        ui.timeline(steps, label="Les étapes d’une expérience"),
        rx.el.p(
            f"Le délai de {DEFAULT_DELAY_DAYS} jours est un réglage de départ de ce site : nous "
            "ne connaissons pas de délai fixé par le programme. Ce site ne montre pas encore ce que les "
            "services ont amélioré."
        ),
        rx.el.p(
            ui.link_button("Je partage mon expérience", "/partager/service", reload_document=True)
        ),
    ]


def _elsewhere() -> list[rx.Component]:
    return [rx.el.p(COMPLAINT_NOTICE, " Voici où aller :"), elsewhere()]


def _figures() -> list[rx.Component]:
    state = ProgrammeState
    return [
        programme.loaded(state, programme.figures(state.figures), "Chargement des chiffres…"),
        rx.el.p(
            "Un délai va de la publication à la première réponse du service, en jours de calendrier. "
            "Les expériences restées sans réponse ne sont pas dans ces délais. Sous dix cas, nous ne "
            "donnons ni délai ni part."
        ),
    ]


def programme_page() -> rx.Component:
    """Tell the programme, part by part, each under a title that one can link to."""
    told = (_what, _commitments, _who, _join, _steps, _elsewhere, _figures)
    parts = [
        rx.el.section(
            rx.el.h2(title, tab_index=-1, custom_attrs={"id": anchor}), *tell(), class_name="stack"
        )
        for (anchor, title), tell in zip(_PARTS, told, strict=True)
    ]
    return page(
        ui.page_title(
            _TITLE,
            lead="Des services publics plus proches, plus efficaces, plus simples. Et qui écoutent.",
        ),
        rx.el.div(
            ui.on_this_page(_PARTS),
            rx.el.div(*parts, class_name="measure stack"),
            class_name="two-columns two-columns--start",
        ),
        current="/programme",
        here=_TITLE,
    )
