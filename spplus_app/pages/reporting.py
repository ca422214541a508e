"""Reporting a published text: the page anybody reaches, and moderation's section of its queue."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..components import experiences, forms, moderation_decisions, ui, words
from ..domain.abuse import STAMP
from ..domain.moderation import MESSAGE_MAX
from ..domain.reports import REASON_HINTS, REASON_NAMES, WORDS_MAX
from ..states.moderation import QueueState
from ..states.reporting import ReportedState, ReportState
from .layout import absent, page

OPTIONS = [ui.Option(code.value, name, REASON_HINTS[code]) for code, name in REASON_NAMES.items()]
ACTION = "/api/signalements"


def report() -> rx.Component:
    """Say what is reported, ask why; the same by a plain form (`api/first_paint/reporting`)."""
    state = ReportState
    return page(
        rx.cond(
            state.loaded,
            rx.cond(
                state.found,
                _form(),
                rx.cond(
                    state.view.in_document,
                    absent(*words.REPORT_GONE_DOCUMENT),
                    absent(*words.REPORT_GONE),
                ),
            ),
            ui.slot("Chargement du texte…", title=words.REPORT_TITLE, class_name="stack"),
        ),
        trail=((_here(0), _here(1)),),
        here=words.REPORT_TITLE,
    )


def _here(part: int) -> Any:
    """What the text belongs to in the trail: words, then address."""
    inside = ReportState.view.in_document
    return rx.cond(inside, words.DOCUMENT_TRAIL[part], words.REPORT_TRAIL[part])


def _form() -> rx.Component:
    view = ReportState.view
    return rx.el.div(
        ui.page_title(words.REPORT_TITLE, lead=words.REPORT_LEAD),
        rx.el.div(
            rx.el.p(rx.el.strong(view.kind_name)),
            rx.el.p(view.title),
            rx.el.p(view.excerpt, class_name="prose soft"),
            class_name="panel stack--tight",
        ),
        rx.el.p(words.REPORT_NEXT),
        forms.http_form(
            ACTION,
            forms.hidden("texte", view.kind),
            forms.hidden("numero", view.id.to_string()),
            forms.hidden(STAMP, ReportState.stamp),
            forms.trap(),
            ui.radio_group("raison", words.REPORT_ASKED, OPTIONS),
            ui.textarea_field(
                "mots",
                words.REPORT_WORDS[0],
                hint=words.REPORT_WORDS[1],
                optional=True,
                rows=4,
                max_length=WORDS_MAX,
            ),
            ui.button(words.REPORT_SEND, type="submit"),
            said=words.REPORT_SENT,
            # Another text has a form of its own: nothing typed or sent for this one stays.
            key=f"{view.kind}-{view.id}",
        ),
        rx.el.p(
            rx.el.a(
                rx.cond(view.in_document, words.REPORT_BACK_DOCUMENT, words.REPORT_BACK),
                href=view.back,
            )
        ),
        class_name="measure stack",
    )


def section() -> rx.Component:
    """What is reported, hidden texts first; nothing where nothing is."""
    state = ReportedState
    return rx.el.div(
        forms.of_state(state),
        rx.cond(
            state.total > 0,
            rx.el.section(
                rx.el.h2("Signalements"),
                rx.el.p(
                    rx.el.strong(state.total),
                    rx.cond(state.total > 1, " textes signalés", " texte signalé"),
                    ". Ceux qui sont masqués d’abord, puis les plus anciens.",
                ),
                rx.foreach(state.waiting, _case),
                class_name="stack",
            ),
            rx.fragment(),
        ),
        rx.cond(
            state.kept.length() > 0,
            rx.el.details(
                rx.el.summary("Déjà gardés, signalés à nouveau (", state.kept.length(), ")"),
                rx.el.p(
                    "Ces textes restent publiés. Relisez-les si les raisons sont nouvelles.",
                    class_name="fr-hint-text",
                ),
                rx.foreach(state.kept, _case),
                class_name="stack",
            ),
            rx.fragment(),
        ),
        class_name="stack",
    )


def _case(case: Any) -> rx.Component:
    return rx.el.article(
        rx.el.div(
            rx.cond(case.hidden, ui.badge(case.state, "warning"), ui.badge(case.state)),
            rx.el.span(case.told),
            rx.el.time(case.date, date_time=case.iso),
            class_name="meta",
        ),
        rx.el.h3(rx.el.a(case.title, href=case.href)),
        rx.cond(
            case.about != "",
            rx.el.p("À propos de ", rx.el.strong(case.about)),
            rx.fragment(),
        ),
        experiences.paragraphs(case.paragraphs),
        rx.el.ul(rx.foreach(case.reasons, rx.el.li), custom_attrs={"aria-label": "Raisons"}),
        rx.cond(
            case.words.length() > 0,
            rx.el.details(
                rx.el.summary("Ce que disent les personnes (", case.words.length(), ")"),
                rx.el.ul(rx.foreach(case.words, lambda text: rx.el.li(text, class_name="prose"))),
            ),
            rx.fragment(),
        ),
        _decide(case),
        class_name="panel stack",
        key=case.ident,
    )


def _subject(case: Any) -> list[rx.Component]:
    return [
        forms.hidden("kind", case.kind),
        forms.hidden("id", case.id.to_string()),
        forms.hidden("version", case.version.to_string()),
    ]


def _decide(case: Any) -> rx.Component:
    state = ReportedState
    reason, message = f"reason-{case.ident}", f"message-{case.ident}"
    return rx.fragment(
        rx.cond(
            case.state == "Signalé, gardé",
            rx.fragment(),
            rx.el.form(
                *_subject(case),
                ui.button(
                    rx.cond(case.hidden, "Garder et remettre en ligne", "Garder le texte"),
                    type="submit",
                    small=True,
                ),
                on_submit=state.keep,
            ),
        ),
        rx.el.details(
            rx.el.summary("Retirer avec un motif"),
            rx.el.form(
                *_subject(case),
                moderation_decisions.reason_select(
                    QueueState.reasons, reason, forms.error_of(state.errors, reason)
                ),
                ui.textarea_field(
                    "message",
                    "Un mot pour l’auteur",
                    optional=True,
                    rows=3,
                    max_length=MESSAGE_MAX,
                    field_id=message,
                    error=forms.error_of(state.errors, message),
                ),
                ui.button("Retirer le texte", type="submit", kind="danger", small=True),
                on_submit=state.remove,
                class_name="form-column stack",
            ),
            open=state.errors.contains(reason) | state.errors.contains(message),
        ),
    )
