"""The register of treatments on a screen."""

from __future__ import annotations

from typing import Any

import reflex as rx

from . import words


def _fact(fact: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(fact.name), rx.el.dd(fact.text))


def _kept(kept: Any) -> rx.Component:
    return rx.el.dd(
        rx.el.span(kept.words, class_name="strong"),
        rx.cond(
            kept.deleted != "",
            rx.el.span(
                words.LAST_DELETED,
                rx.cond(kept.iso != "", rx.el.time(kept.date, date_time=kept.iso), rx.fragment()),
                rx.cond(kept.iso != "", ", ", ""),
                kept.deleted,
                class_name="fr-hint-text",
            ),
            rx.fragment(),
        ),
    )


def _treatment(one: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h3(one.name),
        rx.el.dl(
            rx.foreach(one.facts, _fact),
            rx.el.div(rx.el.dt(words.HOW_LONG), rx.foreach(one.kept, _kept)),
            class_name="facts",
        ),
        class_name="panel stack--tight",
        custom_attrs={"id": "registre-" + one.code.to_string(use_json=False)},
    )


def register(treatments: Any) -> rx.Component:
    """Show every treatment (a Var of a list of `TreatmentView`)."""
    return rx.el.div(rx.foreach(treatments, _treatment), class_name="stack")
