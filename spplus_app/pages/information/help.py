"""Help: what people ask, answered in a few sentences each."""

from __future__ import annotations

import reflex as rx

from ...api.cookies import VISITOR_DAYS
from ...components import ui
from ...domain.appeals import APPEAL_DAYS
from ...domain.dates import french_days, french_length
from ...domain.drafts import DRAFT_KEPT_FOR
from ...domain.experiences import STRUCTURES_MAX
from ..layout import page
from .common import bullets

_QUESTIONS: tuple[tuple[str, str], ...] = (
    ("raconter", "Raconter une expérience"),
    ("suivre", "Suivre mon expérience"),
    ("refus", "Mon texte est refusé"),
    ("lien-perdu", "J’ai perdu mon lien de suivi"),
    ("ordinateur-partage", "Je suis sur un ordinateur partagé"),
    ("clavier", "J’utilise le clavier, un lecteur d’écran ou un grand texte"),
)


def _tell() -> list[rx.Component]:
    return [
        rx.el.p("Il n’y a pas de compte à créer. Il y a quatre étapes."),
        rx.el.ol(
            rx.el.li(
                f"Cherchez le service par son nom, sa ville ou son code postal. Vous pouvez en citer "
                f"{STRUCTURES_MAX}. S’il n’est pas dans la liste, dites-le : vous pourrez continuer."
            ),
            rx.el.li(
                "Racontez ce qui s’est passé. N’écrivez ni nom de personne, ni numéro de dossier, "
                "ni adresse."
            ),
            rx.el.li(
                "Dites, si vous voulez, votre département et une adresse e-mail. Rien n’est obligatoire."
            ),
            rx.el.li("Relisez ce que tout le monde verra, puis envoyez."),
        ),
        rx.el.p(
            "Vous pouvez vous arrêter : votre brouillon est gardé "
            f"{french_length(DRAFT_KEPT_FOR)}. Revenez avec le même navigateur pour le reprendre."
        ),
    ]


def _follow() -> list[rx.Component]:
    return [
        rx.el.p(
            "Après l’envoi, vous recevez un lien de suivi. Il est à vous seul. Gardez-le : copiez-le, "
            "imprimez-le, ou photographiez son code QR."
        ),
        rx.el.p("Ce lien permet de :"),
        bullets(
            "voir chaque étape et sa date ;",
            "lire la réponse, dire si elle vous est utile, y répondre ;",
            "corriger un texte refusé ;",
            "demander un second avis sur une décision ;",
            "retirer votre expérience, quand vous voulez ;",
            "voir, emporter ou effacer ce que le site garde de vous.",
        ),
        rx.el.p(
            "Si vous donnez une adresse e-mail, ouvrez le message reçu pour la confirmer. Sans cela, "
            "nous ne vous écrirons plus."
        ),
    ]


def _refused() -> list[rx.Component]:
    return [
        rx.el.p(
            "Ouvrez votre lien de suivi : vous y lisez la raison. Le plus souvent, le texte permet de "
            "reconnaître quelqu’un, ou contient des mots blessants."
        ),
        rx.el.p(
            "Ce que nous demandons à un texte est écrit dans ",
            rx.el.a("la charte de modération", href="/moderation"),
            ".",
        ),
        rx.el.p(
            "Corrigez votre texte sur la même page, puis renvoyez-le. Il sera relu. Vous pouvez aussi "
            f"demander un second avis : une autre personne vous répond sous {APPEAL_DAYS} jours. "
            "Un texte refusé n’est montré à personne d’autre qu’à vous et à la modération."
        ),
    ]


def _lost() -> list[rx.Component]:
    return [
        rx.el.p("Cherchez dans cet ordre :"),
        rx.el.ol(
            rx.el.li(
                "la page ",
                rx.el.a("Suivre mon expérience", href="/suivi", reload_document=True),
                f", dans le navigateur qui a servi à l’envoi : il s’en souvient "
                f"{french_days(VISITOR_DAYS)} ;",
            ),
            rx.el.li(
                "vos e-mails, si vous avez donné une adresse : chaque message contient le lien ;"
            ),
            rx.el.li("le papier ou la photo que vous avez gardés."),
        ),
        rx.el.p(
            "Sinon, nous ne pouvons pas le retrouver : nous n’en gardons qu’une empreinte. Votre "
            "expérience reste lisible par tous si elle est publiée, mais vous ne pourrez plus la "
            "changer."
        ),
    ]


def _shared() -> list[rx.Component]:
    return [
        bullets(
            "Avant d’écrire, cochez « Je suis sur un ordinateur partagé » au bas du formulaire : rien "
            "de votre texte n’est alors gardé sur l’appareil.",
            "Avant de partir, effacez votre brouillon s’il n’est pas envoyé, et la liste de la page "
            "Suivre mon expérience.",
            "Ne laissez pas votre lien de suivi affiché : il ouvre votre expérience.",
        ),
    ]


def _keyboard() -> list[rx.Component]:
    return [
        bullets(
            "La touche Tab va d’un élément à l’autre ; Maj + Tab revient en arrière.",
            "Le premier Tab de chaque page propose d’aller au contenu, au menu ou au pied de page.",
            "Dans la recherche d’un service, les flèches parcourent les résultats, Entrée choisit, "
            "Échap referme la liste.",
            "Après un envoi, le curseur va sur le message : la confirmation, ou la liste des erreurs.",
            "Le bouton Apparence, en haut, choisit les couleurs claires ou sombres.",
            "Vous pouvez agrandir le texte avec votre navigateur : Ctrl et la touche +.",
        ),
        rx.el.p(
            "Un obstacle reste ? Voyez ",
            rx.el.a("la déclaration d’accessibilité", href="/accessibilite"),
            ".",
        ),
    ]


def help_page() -> rx.Component:
    """Answer each question under a title that one can link to."""
    answers = (_tell, _follow, _refused, _lost, _shared, _keyboard)
    parts = [
        rx.el.section(
            rx.el.h2(title, tab_index=-1, custom_attrs={"id": anchor}),
            *answer(),
            class_name="stack",
        )
        for (anchor, title), answer in zip(_QUESTIONS, answers, strict=True)
    ]
    return page(
        ui.page_title("Aide", lead="Les questions qui reviennent, et quoi faire."),
        rx.el.div(
            ui.on_this_page(_QUESTIONS),
            rx.el.div(
                *parts,
                rx.el.section(
                    rx.el.h2("Vous n’avez pas trouvé ?"),
                    rx.el.p(
                        "Voyez ",
                        rx.el.a("la page Contact", href="/contact"),
                        " ou ",
                        rx.el.a("le plan du site", href="/plan-du-site"),
                        ".",
                    ),
                    class_name="stack",
                ),
                class_name="measure stack",
            ),
            class_name="two-columns two-columns--start",
        ),
        current="/aide",
        here="Aide",
    )
