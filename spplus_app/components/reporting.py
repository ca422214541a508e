"""Reporting a published text: the link under it, and what its author is told of it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..domain.reports import ADDRESSES, PAGE, Kind
from . import ui, words
from .ui._base import NBSP


def link(kind: Kind, ident: Any, *name: Any, label: str = words.REPORT) -> rx.Component:
    """Lead to the page that reports a text, which says in hidden words what it is.

    Args:
        kind: what is reported.
        ident: its id.
        *name: what it is called.
        label: the words that are seen.
    """
    return rx.el.p(
        rx.el.a(
            label,
            rx.el.span(f"{NBSP}: ", *name, class_name="fr-sr-only"),
            href=f"{PAGE}/{ADDRESSES[kind]}-{ident}",
            rel="nofollow",
            reload_document=True,
        ),
        class_name="fr-hint-text no-print",
    )


def experience(view: Any) -> rx.Component:
    """Report an experience (a Var of `ExperienceView`)."""
    name = (words.REPORTED_EXPERIENCE, view.title, words.REPORTED_END)
    return link(Kind.EXPERIENCE, view.id, *name)


def reply(view: Any) -> rx.Component:
    """Report a reply (a Var of `ReplyView`)."""
    return link(Kind.REPLY, view.id, words.REPORTED_REPLY, f" {view.structure}, {view.date}")


def answer(view: Any) -> rx.Component:
    """Report an author's word back (a Var of `AnswerView`)."""
    return link(Kind.ANSWER, view.id, words.REPORTED_ANSWER, f" {view.date}")


def document(view: Any) -> rx.Component:
    """Report a document (a Var of `DocumentView`)."""
    name = (words.REPORTED_DOCUMENT, view.title, words.REPORTED_END)
    return link(Kind.DOCUMENT, view.id, *name, label=words.REPORT_THIS_DOCUMENT)


def notices(rows: Any) -> rx.Component:
    """Tell authors what becomes of their reported texts (a Var of `NoticeView` rows)."""
    return rx.fragment(rx.foreach(rows, _notice))


def _notice(view: Any) -> rx.Component:
    children = (
        rx.el.p(view.text),
        rx.foreach(view.message, rx.el.p),
        rx.cond(
            view.paragraphs.length() > 0,
            rx.el.details(
                rx.el.summary("Relire ce texte"),
                rx.el.div(rx.foreach(view.paragraphs, rx.el.p), class_name="prose stack"),
            ),
            rx.fragment(),
        ),
    )
    return rx.cond(
        view.kind == "warning",
        ui.alert("warning", view.title, *children),
        ui.alert("info", view.title, *children),
    )
