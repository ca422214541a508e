"""The programme on a screen: its commitments, the figures of the site."""

from __future__ import annotations

from typing import Any

import reflex as rx

from . import ui


def _commitment(one: Any) -> rx.Component:
    return rx.el.li(one.wording, custom_attrs={"value": one.number})


def _family(family: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h3(family.name),
        rx.el.ol(rx.foreach(family.commitments, _commitment), class_name="commitments"),
        class_name="panel stack--tight",
    )


def commitments(view: Any) -> rx.Component:
    """Show the commitments by family, and say what is not known (a Var of `CommitmentsView`)."""
    return rx.el.div(
        rx.el.div(rx.foreach(view.families, _family), class_name="stack--tight"),
        rx.foreach(view.unknown, rx.el.p),
        rx.el.p(view.since, " Source : ", view.sources.join(" ; "), ".", class_name="fr-hint-text"),
        class_name="stack",
    )


def figure(figure: Any) -> rx.Component:
    """Show a figure with what it is made of (a Var of `FigureView`)."""
    return rx.el.div(
        rx.el.dt(figure.label),
        rx.el.dd(
            figure.value,
            class_name=rx.cond(figure.told, "figures__value", "figures__value figures__value--few"),
        ),
        rx.el.dd(figure.note, class_name="figures__note"),
    )


def figures(view: Any) -> rx.Component:
    """Show figures with what they are made of and when (a Var of `FiguresView`)."""
    return rx.cond(
        view.nothing != "",
        rx.el.p(view.nothing),
        rx.el.div(
            rx.el.dl(rx.foreach(view.figures, figure), class_name="figures"),
            rx.el.p(
                "Chiffres de ce site seulement, calculés le ",
                rx.el.time(view.computed, date_time=view.iso),
                ".",
                class_name="fr-hint-text",
            ),
            class_name="stack",
        ),
    )


def loaded(state: Any, shown: rx.Component, waiting: str) -> rx.Component:
    """Show what the state brings, or say that it comes."""
    return rx.cond(state.loaded, rx.el.div(shown, class_name="slot stack"), ui.slot(waiting))
