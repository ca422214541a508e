"""An experience on a screen: in a list, whole, with its replies."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from . import reporting, ui, words


def experience_card(card: Any, heading: Literal["h2", "h3"] = "h2") -> rx.Component:
    """Show one experience of a list (a Var of `CardView`)."""
    return ui.card(
        marked(card.title_runs, card.title),
        card.href,
        meta=[
            ui.ressenti_badge(card.ressenti),
            rx.cond(card.services != "", rx.el.span(card.services), rx.fragment()),
            rx.el.time(card.date, date_time=card.iso),
        ],
        body=rx.el.p(marked(card.excerpt_runs, card.excerpt), class_name="fr-card__desc"),
        footer=[
            rx.cond(
                card.late,
                ui.badge(card.state, "warning"),
                rx.cond(card.state != "", rx.el.span(card.state), rx.fragment()),
            ),
        ],
        heading=heading,
    )


def marked(runs: Any, text: Any) -> rx.Component:
    """Show a text, the words that were looked for marked when there are some (Vars)."""
    return rx.cond(runs.length() > 0, ui.marked_text(runs), rx.fragment(text))


def cards(
    rows: Any, heading: Literal["h2", "h3"] = "h2", *, side_by_side: bool = False
) -> rx.Component:
    """Show a list of experiences; ``heading`` is the level of their titles."""
    return rx.el.div(
        rx.foreach(rows, lambda row: experience_card(row, heading)),
        class_name="cards cards--row" if side_by_side else "cards",
    )


def paragraphs(rows: Any) -> rx.Component:
    """Show a text of several paragraphs; it is shown, never interpreted."""
    return rx.el.div(rx.foreach(rows, rx.el.p), class_name="prose measure stack")


def _channel(pair: Any) -> rx.Component:
    # A channel of the official export bears no ressenti of its own.
    felt = rx.cond(pair.ressenti != "", ui.ressenti_badge(pair.ressenti), rx.fragment())
    return rx.el.li(rx.el.span(pair.name), felt, class_name="cluster")


def _service(service: Any) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.a(service.name, href=f"{words.LIST}?service={service.code}", class_name="strong")
        ),
        rx.cond(service.place != "", rx.el.p(service.place, class_name="soft"), rx.fragment()),
        rx.cond(
            service.channels.length() > 0,
            rx.el.ul(rx.foreach(service.channels, _channel), class_name="plain-list stack--tight"),
            rx.fragment(),
        ),
        rx.cond(
            service.state != "",
            rx.el.p(service.state, class_name="fr-hint-text"),
            rx.fragment(),
        ),
        class_name="service stack--tight",
    )


def services(view: Any) -> rx.Component:
    """Show the structures met, how, and whether each replied."""
    return rx.cond(
        view.services.length() > 0,
        rx.el.ul(rx.foreach(view.services, _service), class_name="plain-list stack"),
        rx.el.p(words.NO_SERVICE),
    )


def _tag(tag: Any) -> rx.Component:
    return rx.el.li(rx.el.span(tag.name), ui.ressenti_badge(tag.ressenti), class_name="pair")


def _answer(answer: Any, *extra: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            rx.el.strong(words.ANSWERS),
            rx.el.time(answer.date, date_time=answer.iso),
            rx.cond(answer.status != "published", ui.badge(answer.status_name), rx.fragment()),
            class_name="meta",
        ),
        rx.el.p(answer.text, class_name="prose"),
        *extra,
        class_name="answer",
    )


def reply(view: Any, *extra: rx.Component, own: bool = False, public: bool = False) -> rx.Component:
    """Show a reply, the author's rating and words back, then what can be done with it.

    Args:
        view: a Var of `ReplyView`.
        *extra: what the reader can do.
        own: the reader is the author, whose buttons show the rating.
        public: anybody reads, who may report the author's words back.
    """
    return ui.reply_block(
        view.structure,
        rx.cond(view.took != "", f"Le {view.date}, {view.took}", view.date),
        paragraphs(view.paragraphs),
        rx.cond(
            (view.politeness != "") | (view.signature != ""),
            rx.el.p(view.politeness, rx.el.br(), rx.el.span(view.signature)),
            rx.fragment(),
        ),
        rx.fragment()
        if own
        else rx.match(
            view.rating,
            ("utile", ui.badge(words.USEFUL, "success")),
            ("pas utile", ui.badge(words.NOT_USEFUL, "plain")),
            rx.fragment(),
        ),
        rx.foreach(
            view.answers,
            lambda one: _answer(one, reporting.answer(one)) if public else _answer(one),
        ),
        *extra,
    )


def about(view: Any) -> rx.Component:
    """Show the ressenti, the date, and who writes (a Var of `ExperienceView`)."""
    return rx.el.div(
        ui.ressenti_badge(view.ressenti),
        rx.el.time(view.date, date_time=view.iso),
        rx.el.span(view.posted_as),
        class_name="meta",
    )


def article(view: Any) -> rx.Component:
    """Show a whole experience, without its replies (a Var of `ExperienceView`)."""
    return rx.el.article(about(view), ui.page_title(view.title), told(view), class_name="stack")


def told(view: Any) -> rx.Component:
    """Show the text of an experience, its signature and its tags (a Var of `ExperienceView`)."""
    signed = rx.cond(
        view.signature != "",
        rx.cond(view.place != "", f"{view.signature}, {view.place}", view.signature),
        rx.cond(view.place != "", f"Une personne, {view.place}", words.UNSIGNED),
    )
    return rx.el.div(
        paragraphs(view.paragraphs),
        rx.el.p(signed, class_name="soft"),
        rx.cond(
            view.edited,
            rx.el.p(words.EDITED, class_name="fr-hint-text"),
            rx.fragment(),
        ),
        rx.cond(
            view.tags.length() > 0,
            rx.el.ul(
                rx.foreach(view.tags, _tag),
                class_name="pairs",
                custom_attrs={"aria-label": words.TAGS},
            ),
            rx.fragment(),
        ),
        class_name="stack",
    )


def step_list(steps: Any) -> rx.Component:
    """Show what happened, the latest last (a Var of `StepView` rows)."""
    return ui.timeline(steps)
