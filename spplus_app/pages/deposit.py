"""Telling an experience: four steps and a receipt. One thing to do on each."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..components import deposit, forms, texts, ui, words
from ..domain import geography
from ..domain.abuse import PROOF
from ..domain.drafts import STEP_TITLES, Step
from ..domain.experiences import (
    COMPLAINT_NOTICE,
    EMAIL_MAX,
)
from ..domain.values import TAG_FIELDS, PostedAs
from ..states.deposit import DepositState
from .layout import PLAIN_FORM, page

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
        _plainly(),
        forms.draft(body, load="/api/brouillon", local="experience"),
        current="/partager/service",
        here=_HERE,
    )


def _plainly() -> rx.Component:
    """Lead those who have no script to the form that needs none."""
    return rx.el.noscript(
        rx.el.div(
            rx.el.p(
                "Cette étape a besoin de JavaScript. Sans lui, tout le formulaire tient sur une page :"
            ),
            rx.el.p(ui.link_button("Ouvrir le formulaire simple", PLAIN_FORM)),
            class_name="panel stack",
        )
    )


def plain() -> rx.Component:
    """The form that needs no script: the first paint makes it, whole."""
    return page(
        ui.slot("Ouverture du formulaire…", title=_HERE, class_name="form-column stack"),
        current="/partager/service",
        here="Formulaire simple",
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
                words.SEARCH[0],
                src="/api/structures",
                hint=words.SEARCH[1],
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
                ui.checkbox("outside", words.OUTSIDE[0], hint=words.OUTSIDE[1]),
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
            ui.ressenti_group("ressenti", words.QUESTIONS["ressenti"][0], error=_error("ressenti")),
            ui.radio_group(
                "posted_as",
                words.QUESTIONS["posted_as"][0],
                [ui.Option(value.value, value.value) for value in PostedAs],
                error=_error("posted_as"),
            ),
            texts.title_field(DepositState.errors, *words.QUESTIONS["title"]),
            texts.narrative_field(
                DepositState.errors,
                *words.QUESTIONS["narrative"],
            ),
            rx.el.details(
                rx.el.summary(words.FIVE_POINTS),
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
                words.QUESTIONS["department"][0],
                departments,
                hint=words.QUESTIONS["department"][1],
                optional=True,
                error=_error("department"),
                empty_label=words.NO_DEPARTMENT,
            ),
            ui.select_field(
                "country",
                words.QUESTIONS["country"][0],
                countries,
                hint=words.QUESTIONS["country"][1],
                optional=True,
                error=_error("country"),
                empty_label=words.NO_COUNTRY,
            ),
            texts.pseudonym_field(
                DepositState.errors,
                *words.QUESTIONS["pseudonym"],
                autocomplete="nickname",
            ),
            ui.input_field(
                "email",
                words.QUESTIONS["email"][0],
                hint=words.QUESTIONS["email"][1],
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
        forms.help_place(),
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
            forms.hidden(PROOF),
            forms.trap(),
            rx.el.p(words.AFTER_SENDING),
            forms.proof(DepositState.proof_gesture, DepositState.proof_attempt),
            _next("Envoyer mon expérience", Step.AUTHOR),
        ),
    )


def _keep_the_link() -> rx.Component:
    return rx.el.section(
        rx.el.h2(words.KEEP_THE_LINK[0]),
        rx.el.p(
            words.KEEP_THE_LINK[1],
            custom_attrs={"id": "lien-aide"},
        ),
        forms.ReceiptElement.create(
            custom_attrs={
                "data-load": "/api/recu",
                "data-absent": "Ce reçu n’est plus affiché. Utilisez le lien que vous avez gardé.",
                "data-mailed": words.BY_MAIL_TOO,
                "data-not-mailed": words.NOT_BY_MAIL,
            }
        ),
    )


def receipt() -> rx.Component:
    """The receipt: what happens now, and the private link to keep."""
    return page(
        rx.el.div(
            ui.page_title(words.SENT),
            ui.alert(
                "success",
                words.RECEIVED[0],
                rx.el.p(words.RECEIVED[1]),
            ),
            forms.help_place(),
            _keep_the_link(),
            rx.el.p(ui.link_button("Lire d’autres expériences", "/experiences", kind="tertiary")),
            class_name="form-column stack stack--loose",
        ),
        current="/partager/service",
        here="Reçu",
    )
