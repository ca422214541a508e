"""Telling an experience: four steps and a receipt. One thing to do on each."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..components import deposit, forms, texts, ui
from ..domain import geography
from ..domain.drafts import STEP_TITLES, Step
from ..domain.experiences import (
    COMPLAINT_NOTICE,
    EMAIL_MAX,
)
from ..domain.values import TAG_FIELDS, PostedAs
from ..states.deposit import DepositState
from .layout import page

_STEPS = list(Step)
_HERE = "Je partage mon expérience"


def _path(step: Step) -> str:
    return f"/partager/{step.value}"


def _step(step: Step, *children: rx.Component) -> rx.Component:
    number = _STEPS.index(step) + 1
    body = rx.el.div(
        ui.stepper([STEP_TITLES[item] for item in _STEPS], number, heading="h1"),
        forms.of_state(DepositState),
        *children,
        deposit.draft_tools(DepositState.erase),
        class_name="form-column stack stack--loose",
    )
    return page(
        forms.draft(body, load="/api/brouillon", local="experience"),
        current="/partager/service",
        here=_HERE,
    )


def _next(label: str, back: Step | None = None) -> rx.Component:
    previous = [ui.link_button("Revenir", _path(back), kind="secondary")] if back else []
    return ui.button_group(ui.button(label, type="submit"), *previous)


def _error(name: str) -> Any:
    return forms.error_of(DepositState.errors, name)


def service() -> rx.Component:
    """Which service: up to three structures, the channels used, the ressenti of each."""
    return _step(
        Step.SERVICE,
        _complaint(),
        forms.state_form(
            DepositState.choose,
            forms.hidden("uuid"),
            ui.combobox(
                "service",
                "Cherchez le service par son nom, sa ville ou son code postal",
                src="/api/structures",
                hint="Par exemple : préfecture Nîmes, CAF Gard, CPAM 30. Trois services au plus.",
                error=_error("service"),
            ),
        ),
        forms.state_form(
            DepositState.save_service,
            forms.hidden("uuid"),
            rx.foreach(
                DepositState.services,
                lambda chosen: deposit.chosen_service(
                    chosen, DepositState.errors, DepositState.unchoose(chosen.code)
                ),
            ),
            rx.cond(
                DepositState.services.length() == 0,
                ui.checkbox(
                    "outside",
                    "Je ne trouve pas mon service",
                    hint="Votre expérience sera publiée sans être transmise à un service précis.",
                ),
                rx.fragment(),
            ),
            _next("Continuer"),
        ),
    )


def _complaint() -> rx.Component:
    return ui.alert(
        "info",
        "Avant de commencer",
        rx.el.p(
            COMPLAINT_NOTICE,
            " Pour contester une décision, écrivez au service qui l’a prise, puis, sans réponse, à "
            "son médiateur ou au ",
            rx.el.a(
                "Défenseur des droits", href="https://www.defenseurdesdroits.fr", rel="external"
            ),
            ".",
        ),
    )


def story() -> rx.Component:
    """What happened: ressenti, title, narrative, the five general tags."""
    return _step(
        Step.STORY,
        forms.state_form(
            DepositState.save_story,
            forms.hidden("uuid"),
            ui.ressenti_group(
                "ressenti", "Dans l’ensemble, comment l’avez-vous vécu ?", error=_error("ressenti")
            ),
            ui.radio_group(
                "posted_as",
                "Qui êtes-vous dans cette histoire ?",
                [ui.Option(value.value, value.value) for value in PostedAs],
                error=_error("posted_as"),
            ),
            texts.title_field(
                DepositState.errors,
                "Résumez en une phrase",
                "Ce sera le titre. Par exemple : Trois mois pour obtenir un rendez-vous.",
            ),
            texts.narrative_field(
                DepositState.errors,
                "Racontez ce qui s’est passé",
                "Quand, ce que vous vouliez faire, ce qui a marché ou non. N’écrivez ni nom, "
                "ni numéro de dossier, ni adresse.",
            ),
            rx.el.details(
                rx.el.summary("Préciser votre ressenti sur cinq points (optionnel)"),
                rx.el.div(
                    *[
                        ui.ressenti_group(
                            name, tag.value, optional=True, compact=True, error=_error(name)
                        )
                        for tag, name in TAG_FIELDS.items()
                    ],
                    class_name="stack",
                ),
                class_name="panel",
            ),
            _next("Continuer", Step.SERVICE),
        ),
    )


def author() -> rx.Component:
    """You: everything optional, why each is asked and what becomes of it."""
    departments = [(item.code, f"{item.name} ({item.code})") for item in geography.departments()]
    countries = [(item.code, item.name) for item in geography.countries()]
    return _step(
        Step.AUTHOR,
        rx.el.p("Tout est facultatif ici. Vous pouvez continuer sans rien remplir."),
        forms.state_form(
            DepositState.save_author,
            forms.hidden("uuid"),
            ui.select_field(
                "department",
                "Votre département",
                departments,
                hint="Publié avec votre texte. Il montre où les choses se passent bien ou mal.",
                optional=True,
                error=_error("department"),
                empty_label="Je préfère ne pas le dire",
            ),
            ui.select_field(
                "country",
                "Ou votre pays, si vous vivez hors de France",
                countries,
                hint="Publié avec votre texte.",
                optional=True,
                error=_error("country"),
                empty_label="Je vis en France, ou je préfère ne pas le dire",
            ),
            texts.pseudonym_field(
                DepositState.errors,
                "Un prénom ou un pseudonyme",
                "Publié avec votre texte. N’écrivez pas votre nom de famille.",
                autocomplete="nickname",
            ),
            ui.input_field(
                "email",
                "Votre adresse e-mail",
                hint="Jamais publiée, jamais donnée au service. Elle sert à vous écrire quand il se "
                "passe quelque chose, et s’efface 12 mois après le dernier échange.",
                optional=True,
                type="email",
                input_mode="email",
                autocomplete="email",
                max_length=EMAIL_MAX,
                error=_error("email"),
                spellcheck=False,
            ),
            _next("Relire avant d’envoyer", Step.STORY),
        ),
    )


def check() -> rx.Component:
    """Check exactly what everyone will see, with a way back to every step."""
    links = [(STEP_TITLES[step], _path(step)) for step in _STEPS if step is not Step.CHECK]
    return _step(
        Step.CHECK,
        rx.el.p("Relisez. Rien n’est encore envoyé."),
        rx.el.section(
            rx.el.h2("Ce que tout le monde verra"),
            forms.preview(
                "/api/brouillon/apercu",
                "L’aperçu n’a pas pu être chargé. Votre brouillon est gardé.",
            ),
        ),
        rx.el.nav(
            rx.el.h2("Quelque chose à changer ?"),
            rx.el.ul(
                *[rx.el.li(rx.el.a("Modifier : ", title, href=href)) for title, href in links],
                class_name="plain-list stack--tight",
            ),
            class_name="stack",
            custom_attrs={"aria-label": "Revenir à une étape"},
        ),
        forms.state_form(
            DepositState.send,
            forms.hidden("uuid"),
            rx.el.p(
                "Après l’envoi, une personne relit votre texte. Vous recevez tout de suite un lien "
                "pour le suivre, le corriger ou le retirer."
            ),
            _next("Envoyer mon expérience", Step.AUTHOR),
        ),
    )


def _keep_the_link() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Gardez ce lien : il est à vous seul"),
        rx.el.p(
            "Il ouvre votre suivi : chaque étape et sa date, la réponse, la correction, le "
            "retrait. Il ne peut pas être retrouvé : si vous le perdez, vous ne pourrez plus "
            "rien changer à votre texte.",
            custom_attrs={"id": "lien-aide"},
        ),
        forms.ReceiptElement.create(
            custom_attrs={
                "data-load": "/api/recu",
                "data-absent": "Ce reçu n’est plus affiché. Utilisez le lien que vous avez gardé.",
            }
        ),
        rx.el.p(
            "Si vous avez donné une adresse e-mail, un lien y part aussi. Ouvrez-le pour "
            "confirmer votre adresse : sans cela, nous ne vous écrirons plus.",
        ),
    )


def receipt() -> rx.Component:
    """The receipt: what happens now, and the private link to keep."""
    return page(
        rx.el.div(
            ui.page_title("Merci, votre expérience est envoyée"),
            ui.alert(
                "success",
                "Nous l’avons bien reçue",
                rx.el.p("Une personne la relit. Elle sera publiée, puis transmise au service."),
            ),
            _keep_the_link(),
            rx.el.p(ui.link_button("Lire d’autres expériences", "/experiences", kind="tertiary")),
            class_name="form-column stack stack--loose",
        ),
        current="/partager/service",
        here="Reçu",
    )
