"""What every component of the design system shares: text types, identifiers, small tests on Vars.

Two traits of the framework explain the helpers:

- an `id=` prop makes a React ref, and a form then sends the value of each ref beside its fields;
  `attrs(id=...)` writes the attribute alone, so a handler receives the named fields and nothing
  else (handlers refuse unknown keys);
- a `Var` has no truth value in Python: `filled()` and `choose()` accept both kinds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

import reflex as rx

Text: TypeAlias = rx.Var[str] | str
"""A sentence known when the page is built, or one that the state brings."""

Flag: TypeAlias = rx.Var[bool] | bool
"""A yes or no known when the page is built, or one that the state brings."""

NBSP = "\u00a0"
"""No-break space, before « : ; ? ! » and inside French quotation marks."""


def attrs(**attributes: Any) -> dict[str, Any]:
    """Turn keyword arguments into raw HTML attributes, leaving out the empty ones.

    `aria_describedby="x"` becomes `aria-describedby="x"`; a trailing underscore is dropped
    (`for_`), and `None` or `""` omits the attribute.
    """
    return {
        key.rstrip("_").replace("_", "-"): value
        for key, value in attributes.items()
        if isinstance(value, rx.Var) or (value is not None and value != "")
    }


def slug(name: str) -> str:
    """Return an HTML identifier made from a field name: `ressenti[2]` gives `ressenti-2`."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")


def filled(text: Text) -> Flag:
    """Tell whether a text is not empty, as a bool for a literal and as a Var for a Var."""
    if isinstance(text, rx.Var):
        return text != ""
    return text != ""


def choose(flag: Flag, yes: Any, no: Any) -> Any:
    """Return `yes` or `no`: at build time for a bool, in the browser for a Var."""
    if isinstance(flag, rx.Var):
        return rx.cond(flag, yes, no)
    return yes if flag else no


def when(flag: Flag, component: rx.Component) -> rx.Component:
    """Return the component, shown only when the flag holds."""
    if isinstance(flag, rx.Var):
        return rx.cond(flag, component, rx.fragment())
    return component if flag else rx.fragment()


def either(*flags: Flag) -> Flag:
    """Tell whether one of the flags holds, as a bool when all are known at build time."""
    if any(flag is True for flag in flags):
        return True
    found: Flag = False
    for flag in flags:
        if isinstance(flag, rx.Var):
            found = flag if found is False else found | flag
    return found


def css(*names: str) -> str:
    """Join class names, leaving out the empty ones."""
    return " ".join(name for name in names if name)


def is_list(var: rx.Var[Any]) -> bool:
    """Tell whether a Var holds a list or a tuple."""
    kind = getattr(var._var_type, "__origin__", var._var_type)
    return isinstance(kind, type) and issubclass(kind, Sequence) and not issubclass(kind, str)


def item(source: Any, key: str, position: int) -> Any:
    """Read one part of a row given as a tuple, a mapping, a dataclass, or a Var of one of them.

    Args:
        source: the row.
        key: name of the part in a mapping or a dataclass.
        position: index of the part in a tuple.
    """
    if isinstance(source, rx.Var):
        return source[position] if is_list(source) else source[key]
    if isinstance(source, (tuple, list)):
        return source[position]
    return source[key] if isinstance(source, dict) else getattr(source, key)


def each(rows: Any, render: Any) -> Any:
    """Render rows one by one: a Python sequence at build time, a Var in the browser."""
    if isinstance(rows, rx.Var):
        return rx.foreach(rows, render)
    return rx.fragment(*[render(row) for row in rows])
