"""Forms around the design system's fields: drafts kept, errors told, secrets never in a State."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import reflex as rx

from ..domain.abuse import TRAP
from ..domain.values import Ressenti
from . import ui, words
from .ui.elements import ErrorsElement


class _Element(rx.Component):
    """A custom element of `assets/forms.js`."""

    # The alias is the element's name; the tag also names generated code, where « - » cannot stand.
    _is_tag_in_global_scope = True


class DraftElement(_Element):
    """`<spplus-draft data-load data-local data-autosave>`: fills the forms inside, keeps them."""

    tag = "SpplusDraft"
    alias = "spplus-draft"


class HttpFormElement(_Element):
    """`<spplus-form data-stay data-said>`: sends the form inside over HTTP, errors in place."""

    tag = "SpplusForm"
    alias = "spplus-form"


class ProofElement(_Element):
    """`<spplus-proof data-gesture data-attempt data-words>`: makes the proof, then sends again."""

    tag = "SpplusProof"
    alias = "spplus-proof"


class PreviewElement(_Element):
    """`<spplus-preview data-load>`: shows the draft as everyone will see it."""

    tag = "SpplusPreview"
    alias = "spplus-preview"


class CheckElement(_Element):
    """`<spplus-check data-load data-words>`: shows what was found before the form inside leaves."""

    tag = "SpplusCheck"
    alias = "spplus-check"


class OriginalElement(_Element):
    """`<spplus-original data-load>`: the words before they were masked, once a button asks."""

    tag = "SpplusOriginal"
    alias = "spplus-original"


class HelpElement(_Element):
    """`<spplus-help data-words>`: filled by the preview or the receipt when numbers are to show."""

    tag = "SpplusHelp"
    alias = "spplus-help"


class ReceiptElement(_Element):
    """`<spplus-receipt data-load>`: shows the private link, once, and never through a State."""

    tag = "SpplusReceipt"
    alias = "spplus-receipt"


def draft(
    *children: rx.Component,
    load: rx.Var[str] | str,
    local: str = "",
    autosave: bool = False,
    goes: bool = False,
) -> rx.Component:
    """Keep what is typed in the forms inside.

    Args:
        *children: the forms.
        load: address of the JSON ``{"uuid", "fields"}`` that fills them.
        local: name of the copy kept in the browser, 7 days at most; none when empty. In both,
            ``{id}`` is the number in the page's address.
        autosave: at each pause, send the form marked ``data-saves`` with ``intent=save``.
        goes: once accepted the form leaves the page, and the local copy goes with it.
    """
    attributes: dict[str, Any] = {"data-load": load}
    if local:
        attributes["data-local"] = local
    if autosave:
        attributes["data-autosave"] = "1"
    if goes:
        attributes["data-goes"] = "1"
    return DraftElement.create(*children, custom_attrs=attributes)


def error_of(errors: rx.Var[dict[str, str]], name: Any) -> rx.Var[str]:
    """Return the sentence to show beside a field, empty when there is none."""
    return rx.cond(errors.contains(name), errors[name], "")


def problems(
    error_rows: rx.Var[Any], problem: rx.Var[str], said: rx.Var[str], attempt: rx.Var[int]
) -> rx.Component:
    """Show what a try gave: the list of errors, a refusal, or a success."""
    return rx.el.div(
        ui.error_summary(error_rows, attempt=attempt),
        rx.cond(problem != "", ui.alert("error", problem, live=True), rx.fragment()),
        rx.cond(said != "", success(said), rx.fragment()),
        class_name="stack",
    )


def success(title: rx.Var[str] | str, *children: rx.Component) -> rx.Component:
    """Say that it is done; takes the focus where the button that had it went away."""
    return ErrorsElement.create(
        rx.el.div(ui.alert("success", title, *children, live=True), tab_index=-1),
        custom_attrs={"data-gently": title},
    )


def of_state(state: Any) -> rx.Component:
    """Show what a try gave on a state that has the vars of `states.base.Form`."""
    return problems(state.error_rows, state.problem, state.said, state.attempt)


def hidden(name: str, value: Any = "") -> rx.Component:
    """Make a field that travels with the form and that nobody sees; a Var keeps it in step."""
    if isinstance(value, rx.Var):
        return rx.el.input(type="hidden", name=name, value=value)
    return rx.el.input(type="hidden", name=name, default_value=value)


def state_form(on_submit: Any, *children: rx.Component, **props: Any) -> rx.Component:
    """Make a form whose fields travel in an event; the browser's own checks stay silent."""
    return rx.el.form(
        *children, on_submit=on_submit, no_validate=True, class_name="form-column stack", **props
    )


def checked_form(
    load: str, on_submit: Any, fields: Sequence[rx.Component], *buttons: rx.Component, **props: Any
) -> rx.Component:
    """Make a form whose texts are shown to who writes, masked, before they leave.

    Args:
        load: address that tells what is found in them (`api/leaving.py`).
        on_submit: the event that receives the form.
        fields: its fields; what was found is shown after them.
        *buttons: what sends it.
        **props: of the form.
    """
    place = rx.el.div(custom_attrs={"data-check": ""})
    form = state_form(on_submit, *fields, hidden("kept"), hidden("seen"), place, *buttons, **props)
    said = json.dumps(words.LEAVING, ensure_ascii=False)
    return CheckElement.create(form, custom_attrs={"data-load": load, "data-words": said})


def http_form(
    action: rx.Var[str] | str,
    *children: rx.Component,
    stay: bool = False,
    said: str = "",
    announced: str = "",
    then: str = "",
    key: Any = None,
    bare: bool = False,
) -> rx.Component:
    """Make a form sent over HTTP; with a script its errors appear in place, without it it works.

    Args:
        action: address that receives it.
        *children: its fields.
        stay: after success, stay on the page (a session renewed while somebody types).
        said: after success, this sentence replaces the form.
        announced: after success, stay on the page and say this: what is live shows the rest.
        then: identifier of what the page then shows instead of the form, to take the focus.
        key: what the form is about; about something else, it is another form.
        bare: the fields stand in a line, rather than one above the other.
    """
    attributes: dict[str, Any] = {}
    # What the script shows is copied from these: one look for all messages.
    models = rx.el.div(
        ui.alert("error", "", small=True, live=True),
        ui.alert("success", "", live=True),
        hidden=True,
        custom_attrs={"data-alerts": ""},
    )
    if stay or announced:
        attributes["data-stay"] = announced
    if then:
        attributes["data-then"] = then
    if said:
        attributes["data-said"] = said
    look = "cluster" if bare else "form-column stack"
    form = ui.post_form(action, *children, class_name=look)
    attributes["data-words"] = json.dumps(words.PROOF, ensure_ascii=False)
    more = {} if key is None else {"key": key}
    return HttpFormElement.create(form, models, custom_attrs=attributes, **more)


def trap() -> rx.Component:
    """A field that nobody sees nor hears: only a program that fills everything fills it."""
    return rx.el.div(
        rx.el.label(words.TRAP, html_for=TRAP),
        rx.el.input(
            type="text",
            name=TRAP,
            tab_index=-1,
            auto_complete="off",
            custom_attrs={"id": TRAP, "data-draft-skip": ""},
        ),
        class_name="trap",
        custom_attrs={"aria-hidden": "true"},
    )


def proof(gesture: rx.Var[str] | str = "", attempt: rx.Var[int] | int = 0) -> rx.Component:
    """Where a proof of work is made and told; each new ``attempt`` asks for one."""
    return ProofElement.create(
        custom_attrs={
            "data-gesture": gesture,
            "data-attempt": attempt,
            "data-words": json.dumps(words.PROOF, ensure_ascii=False),
        }
    )


def help_place() -> rx.Component:
    """Where the numbers to call are shown at once, when the text speaks of distress or danger."""
    said = json.dumps(words.HELP, ensure_ascii=False)
    return HelpElement.create(custom_attrs={"data-words": said})


def preview(load: str, absent: str) -> rx.Component:
    """Show the draft as everyone will see it, and let its author judge what is masked.

    Args:
        load: address of its JSON.
        absent: sentence shown when it does not come.
    """
    faces = [ui.ressenti_badge(value.value) for value in Ressenti]
    return rx.fragment(
        rx.el.div(*faces, hidden=True, custom_attrs={"data-faces": ""}),
        PreviewElement.create(
            custom_attrs={
                "data-load": load,
                "data-absent": absent,
                "data-words": json.dumps(words.MASKING, ensure_ascii=False),
            }
        ),
    )
