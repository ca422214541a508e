"""Every component of the library is in the gallery, documented, and free of inline style."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import reflex as rx

from spplus_app.components import ui
from spplus_app.components.ui.examples.example import Example
from spplus_app.components.ui.registry import component_names, registry

LIBRARY = Path(ui.__file__).parent
# What else draws on the screen by the library's class names, in our own folders.
SCREENS = [*LIBRARY.rglob("*.py"), LIBRARY.parents[1] / "pages" / "gallery.py"]


def components() -> dict[str, Callable[..., rx.Component]]:
    """The public functions of the library: each makes a component."""
    return {name: getattr(ui, name) for name in ui.__all__ if inspect.isfunction(getattr(ui, name))}


def test_every_component_has_an_example() -> None:
    missing = sorted(set(components()) - set(component_names()))
    assert not missing, f"add an Example of {missing} in components/ui/examples/"


def test_examples_name_components_that_exist() -> None:
    assert set(component_names()) <= set(components())


def test_an_example_is_named_by_its_component_and_its_state() -> None:
    pairs = [(example.name, example.state) for example in registry]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("name", sorted(components()))
def test_a_component_is_documented_with_its_arguments(name: str) -> None:
    function = components()[name]
    doc = inspect.getdoc(function) or ""
    first = doc.splitlines()[0] if doc else ""
    assert first.endswith("."), f"{name}: one line first, ended by a full stop"
    parameters = [p for p in inspect.signature(function).parameters if p != "class_name"]
    if len(parameters) > 3:
        told = [p for p in parameters if f"{p}:" not in doc and p not in {"attributes"}]
        assert not told, f"{name}: its docstring does not tell {told}"


def rendered(component: rx.Component) -> str:
    """What the component becomes, as the compiler would write it."""
    return str(component)


@pytest.mark.parametrize("example", registry, ids=lambda e: f"{e.name}: {e.state}")
def test_a_component_sets_class_names_only(example: Example) -> None:
    text = rendered(example.render())
    assert not re.search(r"\bcss\s*:", text), "inline style: a misspelt attribute becomes one"
    assert "style:" not in text and "placeholder" not in text


@pytest.mark.parametrize("path", SCREENS, ids=lambda p: p.name)
def test_no_colour_in_python(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"#[0-9a-fA-F]{6}\b|rgb\(|style=", source)


def test_french_punctuation_of_the_library() -> None:
    """A no-break space before « : ; ? ! » and inside quotation marks, in what people read."""
    faults = []
    for path in LIBRARY.rglob("*.py"):
        code = re.sub(r'""".*?"""', "", path.read_text(encoding="utf-8"), flags=re.S)
        for text in re.findall(r'"([^"\n]*[a-zà-ÿ]{2,} ?[:;?!»][^"\n]*)"', code):
            if re.search(r"[^\u00a0 ][?!»](\s|$)| [:;?!»](\s|$)", text):
                faults.append(f"{path.name}: {text}")
    assert not faults


def test_straight_apostrophes_are_kept_out() -> None:
    for path in LIBRARY.rglob("*.py"):
        code = re.sub(r'""".*?"""|#.*', "", path.read_text(encoding="utf-8"), flags=re.S)
        code = "\n".join(line for line in code.splitlines())
        assert not re.search(r'"[^"\n]*\b[cdjlmnst]\'[a-zà-ÿ][^"\n]*"', code), path.name


def test_a_step_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="step 5 of 4"):
        ui.stepper(["a", "b", "c", "d"], 5)


def test_a_ressenti_that_is_not_one_is_shown_as_it_is() -> None:
    assert '"mixte"' in rendered(ui.ressenti_badge("mixte"))
