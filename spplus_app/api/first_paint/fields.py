"""Fields of a plain form, in the markup of the design system: label, hint, control, message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import htpy as h

from ...components import ui, words
from ...components.html import css, icon
from ...domain.abuse import TRAP
from .pieces import NBSP, Node


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed so far, and what is wrong in it."""

    values: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    """What is wrong with no field in particular."""
    status: int = 422
    """The status of the page that shows it, where something is wrong."""

    def value(self, name: str) -> str:
        """What was typed in a field."""
        return self.values.get(name, "")

    def error(self, name: str) -> str:
        """What is wrong in a field; empty when nothing is."""
        return self.errors.get(name, "")

    def summary(self) -> h.Element | None:
        """The list of what must be corrected, each a link to its field."""
        if not self.errors:
            return None
        return h.div(class_="fr-alert fr-alert--error error-summary", role="alert")[
            icon("error", "lg"),
            h.div(class_="fr-alert__body")[
                h.h2(class_="fr-alert__title")[f"Quelques réponses sont à corriger{NBSP}:"],
                h.ul[(h.li[h.a(href=f"#{name}")[text]] for name, text in self.errors.items())],
            ],
        ]

    def line(self, name: str, label: str, hint: str, *, optional: bool = True, **more: str) -> Node:
        """A field of one line."""
        control = h.input(
            **self._control(name, hint), class_="fr-input", value=self.value(name), **more
        )
        return self._group(name, label, hint, control, optional=optional)

    def text(
        self,
        name: str,
        label: str,
        hint: str,
        *,
        rows: str = "12",
        optional: bool = False,
        **more: str,
    ) -> Node:
        """A field of several lines."""
        # The browser drops a line end that comes first: one is given for it to drop.
        control = h.textarea(**self._control(name, hint), class_="fr-input", rows=rows, **more)[
            "\n" + self.value(name)
        ]
        return self._group(name, label, hint, control, optional=optional)

    def choice(
        self, name: str, label: str, hint: str, options: Iterable[tuple[str, str]], none: str
    ) -> Node:
        """A list to choose one value in, or none."""
        held = self.value(name)
        control = h.select(**self._control(name, hint), class_="fr-select")[
            h.option(value="")[none],
            (h.option(value=value, selected=value == held)[words] for value, words in options),
        ]
        return self._group(name, label, hint, control, optional=True, base="fr-select-group")

    def radios(self, name: str, legend: str, options: Iterable[ui.Option], look: str = "") -> Node:
        """A question with one answer; the first radio bears the name of the question."""
        rows = [
            self.box("radio", name, option, name if index == 0 else f"{name}-{index + 1}")
            for index, option in enumerate(options)
        ]
        return h.fieldset(
            class_=css("fr-fieldset", look),
            role="radiogroup",
            aria_describedby=f"{name}-messages",
            aria_invalid="true" if self.error(name) else "false",
        )[
            h.legend(class_="fr-fieldset__legend")[legend],
            h.div(class_="fr-fieldset__content")[rows],
            self.message(name),
        ]

    def box(self, kind: str, name: str, option: ui.Option, ident: str = "") -> h.Element:
        """One answer to choose or to tick."""
        felt = f"ressenti ressenti--{option.icon}" if option.icon else ""
        ident = ident or name
        return h.div(class_=css(f"fr-{kind}-group", felt))[
            h.input(
                type=kind,
                name=name,
                value=option.value,
                id=ident,
                checked=self.value(name) == option.value,
            ),
            h.label(class_="fr-label", for_=ident)[
                icon(option.icon, "lg") if option.icon else None, h.span[option.label]
            ],
            h.span(class_="fr-hint-text")[option.hint] if option.hint else None,
        ]

    def message(self, name: str, ident: str = "") -> h.Element:
        """What is wrong in a field, where it can be led to."""
        wrong = self.error(name)
        return h.div(class_="fr-messages-group", id=ident or f"{name}-messages")[
            h.p(class_="fr-error-text")[
                icon("error"), h.span(class_="fr-sr-only")[f"Erreur{NBSP}: "], h.span[wrong]
            ]
            if wrong
            else None
        ]

    def _control(self, name: str, hint: str) -> dict[str, str]:
        described = css(f"{name}-hint" if hint else "", f"{name}-messages")
        wrong = "true" if self.error(name) else "false"
        return {
            "name": name,
            "id": name,
            "aria-describedby": described,
            "aria-invalid": wrong,
        }

    def _group(
        self,
        name: str,
        label: str,
        hint: str,
        control: Node,
        *,
        optional: bool,
        base: str = "fr-input-group",
    ) -> h.Element:
        return h.div(class_=css(base, f"{base}--error" if self.error(name) else ""))[
            h.label(class_="fr-label", for_=name)[label, _optional() if optional else None],
            h.span(class_="fr-hint-text", id=f"{name}-hint")[hint] if hint else None,
            control,
            self.message(name),
        ]


def _optional() -> list[Node]:
    return [NBSP, h.span(class_="fr-label__optional")["(optionnel)"]]


def trap() -> h.Element:
    """The field that nobody sees nor hears; see `components.forms.trap`."""
    return h.div(class_="trap", aria_hidden="true")[
        h.label(for_=TRAP)[words.TRAP],
        h.input(id=TRAP, name=TRAP, type="text", tabindex="-1", autocomplete="off"),
    ]


def gesture(label: str, value: str, kind: str = "", *, small: bool = False) -> h.Element:
    """A button that sends the form and says what for."""
    look = css("fr-btn", kind and f"fr-btn--{kind}", "fr-btn--sm" if small else "")
    return h.button(type="submit", name="geste", value=value, class_=look)[h.span[label]]
