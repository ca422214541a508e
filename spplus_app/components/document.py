"""What is told of a published document: title, where it comes from, what is hard, its pages."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from . import reporting, ui, words


class HtmlElement(BaseHTML):
    """A `div` whose content is HTML of ours (`components.document_text`, `components.marking`)."""

    tag = "div"

    dangerouslySetInnerHTML: rx.Var[dict[str, str]]  # noqa: N815 - React's own name
    suppress_hydration_warning: rx.Var[bool]


class MarkingElement(rx.Component):
    """`<spplus-marking data-document data-moved>`: keeps marks as they are made, shows others'."""

    tag = "SpplusMarking"
    alias = "spplus-marking"
    _is_tag_in_global_scope = True


def html(content: rx.Var[str], class_name: str) -> rx.Component:
    """Show a text that was escaped where it was made."""
    return HtmlElement.create(
        dangerouslySetInnerHTML={"__html": content},
        suppress_hydration_warning=True,
        class_name=class_name,
    )


def about(view: Any) -> rx.Component:
    """Tell what it is and where it stands (a Var of `DocumentView`)."""
    return rx.el.div(
        rx.el.div(
            ui.badge(view.status_name, kind="info"),
            rx.el.span(view.kind),
            rx.el.time(view.date, date_time=view.iso),
            class_name="meta",
        ),
        ui.page_title(view.title),
        rx.cond(
            view.service != "",
            rx.el.p(words.DOCUMENT_FROM, rx.el.strong(view.service)),
            rx.fragment(),
        ),
        rx.cond(
            view.problems.length() > 0,
            rx.el.ul(
                rx.foreach(
                    view.problems, lambda one: rx.el.li(rx.el.span(one, class_name="fr-tag"))
                ),
                class_name="fr-tags-group",
                custom_attrs={"aria-label": words.DOCUMENT_PROBLEMS},
            ),
            rx.fragment(),
        ),
        rx.cond(view.hard != "", _told(words.DOCUMENT_HARD, view.hard), rx.fragment()),
        rx.cond(view.wished != "", _told(words.DOCUMENT_WISHED, view.wished), rx.fragment()),
        rx.el.p(view.readers_told, class_name="fr-hint-text"),
        rx.cond(
            view.hidden,
            ui.alert("warning", words.DOCUMENT_HIDDEN[0], rx.el.p(words.DOCUMENT_HIDDEN[1])),
            reporting.document(view),
        ),
        class_name="stack--tight",
    )


def _told(label: str, text: Any) -> rx.Component:
    return rx.el.p(rx.el.strong(label), rx.el.span(text, class_name="prose"))
