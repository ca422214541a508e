"""Tables people can read on a phone: there, each row becomes a small card with its labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import reflex as rx

from ._base import Text, css

Cell: TypeAlias = Text | rx.Component


def _frame(caption: Text, headers: Sequence[str], body: Any, hide_caption: bool) -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="fr-sr-only" if hide_caption else ""),
            rx.el.thead(
                rx.el.tr(
                    *[rx.el.th(words, scope="col", role="columnheader") for words in headers],
                    role="row",
                ),
                role="rowgroup",
            ),
            rx.el.tbody(body, role="rowgroup"),
            # Roles are repeated because `display: block`, on a phone, removes the native ones.
            role="table",
        ),
        class_name=css("fr-table"),
    )


def table_row(headers: Sequence[str], cells: Sequence[Cell]) -> rx.Component:
    """Make one row; the first cell is its heading."""
    first, *others = cells
    return rx.el.tr(
        rx.el.th(first, scope="row", role="rowheader", custom_attrs={"data-label": headers[0]}),
        *[
            rx.el.td(
                rx.el.div(cell) if isinstance(cell, rx.Component) else cell,
                role="cell",
                custom_attrs={"data-label": words},
            )
            for words, cell in zip(headers[1:], others, strict=True)
        ],
        role="row",
    )


def table(
    caption: Text,
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    hide_caption: bool = False,
) -> rx.Component:
    """Make a table of rows known when the page is built.

    Args:
        caption: what the table shows.
        headers: titles of the columns.
        rows: cells, row by row; the first of a row is its heading.
        hide_caption: keep the caption for those who do not see the page.
    """
    body = rx.fragment(*[table_row(headers, row) for row in rows])
    return _frame(caption, headers, body, hide_caption)


def table_rows(
    caption: Text,
    headers: Sequence[str],
    rows_var: rx.Var[Any],
    render: Callable[[Any], Sequence[Cell]],
    *,
    hide_caption: bool = False,
) -> rx.Component:
    """Make a table of rows that the state brings.

    Args:
        caption: what the table shows.
        headers: titles of the columns.
        rows_var: a Var of rows.
        render: the cells of one row; the first is its heading.
        hide_caption: keep the caption for those who do not see the page.
    """
    body = rx.foreach(rows_var, lambda row: table_row(headers, render(row)))
    return _frame(caption, headers, body, hide_caption)
