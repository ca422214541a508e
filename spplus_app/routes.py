"""The table of pages: path, title, description, body, what is read on arrival."""

from __future__ import annotations

import reflex as rx
from reflex.utils.format import format_event_handler
from reflex_base.registry import RegistrationContext

from .pages import (
    account,
    charter,
    deposit,
    document_checks,
    document_deposit,
    document_inbox,
    documents,
    experiences,
    follow_up,
    gallery,
    home,
    information,
    moderation_reasons,
    programme,
    reading,
    reporting,
)
from .pages import moderation as moderation_pages
from .pages import replies as reply_pages
from .pages.moderation_gestures import ON_REVIEW
from .pages.route import ABOUT, READ, SITE, UNDERSTAND, Route, share
from .settings import settings
from .states import left
from .states.account import AccountState
from .states.charter import LedgerState
from .states.deposit import DepositState
from .states.document_checks import CheckingState, DocumentQueueState
from .states.document_inbox import DocumentInboxState
from .states.document_list import DocumentListState
from .states.document_sent import SentDocumentState
from .states.follow_up import FollowListState, FollowState
from .states.moderation import QueueState
from .states.programme import ProgrammeState
from .states.public import ExperiencesState, ExperienceState
from .states.reading import DocumentState
from .states.reasons import ReasonsState
from .states.register import RegisterState
from .states.replies import InboxState, ReplyState
from .states.reporting import ReportedState, ReportState
from .states.session import SessionState


def _site_map() -> rx.Component:
    return information.site_map(site_map())


ROUTES: tuple[Route, ...] = (
    Route(
        "/",
        "Dites ce qui s’est passé, l’administration vous répond",
        "Racontez une démarche, lisez ce que d’autres ont vécu, voyez ce que le service a répondu.",
        home.home,
        (ExperiencesState.open, ProgrammeState.glance),
        section=READ,
        link="Accueil",
    ),
    share(
        "service",
        "Quel service ?",
        deposit.service,
        DepositState.open_service,
        section=READ,
        link="Je partage mon expérience",
    ),
    share("recit", "Que s’est-il passé ?", deposit.story, DepositState.open_step),
    share("vous", "Vous", deposit.author, DepositState.open_step),
    share("verification", "Vérifiez", deposit.check, DepositState.open_check),
    share("merci", "Votre expérience est envoyée", deposit.receipt, DepositState.open_step),
    Route(
        "/partager/formulaire",
        "Formulaire simple",
        "Raconter une expérience sur une seule page, sans JavaScript.",
        deposit.plain,
        (DepositState.open_plain,),
        acts=True,
        private=True,
    ),
    Route(
        "/experiences",
        "Expériences",
        "Ce que d’autres ont vécu avec un service public, et ce que le service a répondu.",
        experiences.experience_list,
        (ExperiencesState.open,),
        section=READ,
    ),
    Route(
        "/experiences/[ident]",
        rx.cond(ExperienceState.found, ExperienceState.view.title, "Expérience"),
        "Une expérience avec un service public, et la réponse du service.",
        experiences.experience,
        (ExperienceState.open,),
        acts=True,
    ),
    Route(
        "/documents/[ident]",
        rx.cond(DocumentState.found, DocumentState.view.title, "Document"),
        "Un document difficile, à lire et à marquer phrase par phrase.",
        reading.read,
        (DocumentState.open,),
        acts=True,
    ),
    Route(
        document_deposit.FORM,
        "Je signale un document difficile",
        "Envoyer un courrier, un courriel ou un formulaire que l’on ne comprend pas.",
        document_deposit.form,
        acts=True,
        private=True,
        section=READ,
    ),
    Route(
        "/documents/suivi/[ident]",
        "Mon document",
        "Ce que devient un document que vous avez envoyé.",
        document_deposit.sent,
        (SentDocumentState.open,),
        acts=True,
        private=True,
    ),
    Route(
        "/documents",
        "Documents difficiles",
        "Les lettres que l’on ne comprend pas, les phrases qui perdent, ce qu’elles deviennent.",
        documents.documents,
        (DocumentListState.open,),
        section=READ,
    ),
    Route(
        "/signaler/[ident]",
        "Signaler un texte",
        "Dire pourquoi un texte publié ne devrait pas l’être.",
        reporting.report,
        (ReportState.open,),
        acts=True,
        private=True,
    ),
    Route(
        "/suivi",
        "Suivre mon expérience",
        "Les expériences que vous suivez sur cet appareil.",
        follow_up.follow_list,
        (FollowListState.open,),
        acts=True,
        private=True,
        section=READ,
    ),
    Route(
        "/suivi/[ident]",
        "Mon expérience",
        "Votre suivi.",
        follow_up.follow,
        (FollowState.open,),
        acts=True,
        private=True,
    ),
    Route(
        "/suivi/donnees",
        "Mes données",
        "Voir, emporter ou effacer ce que le site garde de vous.",
        follow_up.own_data,
        acts=True,
        private=True,
    ),
    Route(
        "/connexion",
        "Espace agent",
        "Connexion des agents, des responsables et de la modération.",
        account.sign_in,
        (AccountState.open,),
        private=True,
        section=ABOUT,
    ),
    Route(
        "/mot-de-passe-oublie",
        "Mot de passe oublié",
        "Recevoir un lien pour choisir un autre mot de passe.",
        account.forgotten,
        (AccountState.open,),
        private=True,
    ),
    Route(
        "/nouveau-mot-de-passe",
        "Choisir un mot de passe",
        "Choisir un autre mot de passe.",
        account.new_password,
        (AccountState.open,),
        private=True,
    ),
    Route(
        "/espace/moderation",
        "À relire",
        "La file de modération.",
        moderation_pages.queue,
        (QueueState.open,),
        private=True,
    ),
    Route(
        "/espace/moderation/motifs",
        "Motifs de modération",
        "Ce que la modération peut répondre à un auteur.",
        moderation_reasons.reasons,
        (ReasonsState.open,),
        private=True,
    ),
    Route(
        "/espace/moderation/documents",
        "Documents à relire",
        "Les documents remis à la modération.",
        document_checks.queue,
        (DocumentQueueState.open,),
        private=True,
    ),
    Route(
        "/espace/moderation/documents/[ident]",
        "Vérifier un document",
        "Un document à relire.",
        document_checks.review,
        (CheckingState.open,),
        private=True,
    ),
    Route(
        "/documents/verifier/[ident]",
        "Vérifier mon document",
        "Vérifier que rien n’y dit qui vous êtes.",
        document_checks.verify,
        (CheckingState.open,),
        acts=True,
        private=True,
    ),
    Route(
        "/espace/moderation/[ident]",
        "Relecture",
        "Une expérience à relire.",
        moderation_pages.review,
        ON_REVIEW,
        private=True,
    ),
    Route(
        "/espace/reponses",
        "Expériences reçues",
        "La boîte d’une structure.",
        reply_pages.inbox,
        (InboxState.open,),
        private=True,
    ),
    Route(
        "/espace/documents",
        "Documents à suivre",
        "Les documents à transmettre, ou ceux d’une structure.",
        document_inbox.inbox,
        (DocumentInboxState.open,),
        private=True,
    ),
    Route(
        "/espace/reponses/[ident]",
        "Répondre",
        "Une expérience à laquelle répondre.",
        reply_pages.reply,
        (ReplyState.open,),
        private=True,
    ),
    Route(
        "/programme",
        "Le programme",
        "Les engagements des services publics, qui participe, ce que devient une expérience.",
        programme.programme_page,
        (ProgrammeState.open,),
        section=UNDERSTAND,
    ),
    Route(
        "/moderation",
        "Comment nous relisons vos textes",
        "Ce que nous demandons à un texte, comment une personne décide, et ce qu’elle a décidé.",
        charter.charter_page,
        (LedgerState.open,),
        section=UNDERSTAND,
        link="La modération",
    ),
    Route(
        "/aide",
        "Aide",
        "Raconter, suivre, corriger un texte refusé, retrouver son lien, se servir du clavier.",
        information.help_page,
        section=UNDERSTAND,
    ),
    Route(
        "/contact",
        "Contact",
        "Comment écrire à l’organisme qui tient ce site, et où aller pour autre chose.",
        information.contact,
        section=ABOUT,
    ),
    Route(
        "/accessibilite",
        "Accessibilité : non conforme",
        "Ce qui est vérifié, ce qui ne l’est pas, et que faire devant un obstacle.",
        information.accessibility,
        section=ABOUT,
    ),
    Route(
        "/mentions-legales",
        "Mentions légales",
        "Qui publie ce site, qui l’héberge, sous quelles licences.",
        information.legal,
        section=ABOUT,
    ),
    Route(
        "/donnees-personnelles",
        "Données personnelles",
        "Ce que nous gardons, pourquoi, combien de temps, et vos droits.",
        information.privacy,
        (RegisterState.open,),
        section=ABOUT,
    ),
    Route(
        "/cookies",
        "Cookies",
        "Les cookies du site, un par un : à quoi ils servent et combien de temps.",
        information.cookies,
        section=ABOUT,
    ),
    Route(
        "/plan-du-site",
        "Plan du site",
        "Toutes les pages de ce site.",
        _site_map,
        section=ABOUT,
    ),
)

GALLERY = Route("/galerie", "Composants", "Tous les composants.", gallery.gallery, private=True)


def routes() -> tuple[Route, ...]:
    """Return the pages of this build; the gallery only where it is asked for."""
    return (*ROUTES, GALLERY) if settings().gallery else ROUTES


def site_map() -> dict[str, list[tuple[str, str, str]]]:
    """Return, by section, the words, address and description of each page on the site map."""
    sections: dict[str, list[tuple[str, str, str]]] = {READ: [], UNDERSTAND: [], ABOUT: []}
    for route in ROUTES:
        if route.section:
            entry = (route.link or route.title, route.path, route.description)
            sections[route.section].append(entry)
    return sections


def acting_paths() -> tuple[str, ...]:
    """Return the beginnings of the paths whose HTML gives a visitor cookie.

    One that ends with « / » is that of the pages below, and not of the page above them.
    """
    return tuple(route.path.split("[")[0] for route in ROUTES if route.acts)


def private_paths() -> tuple[str, ...]:
    """Return the beginnings of the paths that no robot reads and no cache keeps."""
    private = [route.path for route in (*ROUTES, GALLERY) if route.private]
    return tuple(sorted({path.split("/[")[0] for path in private}))


def page_paths() -> tuple[str, ...]:
    """Return the path of every page, its values between brackets."""
    return tuple(route.path for route in (*ROUTES, GALLERY))


def public_paths() -> tuple[str, ...]:
    """Return the paths of the pages that everyone may find, addresses with an id included."""
    return tuple(route.path for route in ROUTES if not route.private)


def _shown(route: Route) -> frozenset[type[rx.State]]:
    """The states of a page: those it reads on arrival, and what moderation's queue reads."""
    handlers = RegistrationContext.get().event_handlers
    names = (format_event_handler(one) for one in route.on_load)
    states = {state for name in names for state in handlers[name].states}
    return frozenset(states | ({ReportedState} if QueueState in states else set()))


def add_to(app: rx.App) -> None:
    """Give every page of the table to the application."""
    left.pages({route.path: _shown(route) for route in routes()})
    for route in routes():
        title = route.title + f" – {SITE}" if route.path != "/" else f"{SITE} – {route.title}"
        app.add_page(
            route.body,
            route=route.path,
            title=title,
            description=route.description,
            on_load=[SessionState.open, *route.on_load],
        )
