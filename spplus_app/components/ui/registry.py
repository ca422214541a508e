"""Every component in every state: what the gallery shows and the tests look at.

A component of the library is made visible by an `Example` in one of the modules of `examples/`;
a test fails when a public component has none.
"""

from __future__ import annotations

from .examples import acting, blocks, fields, finding, folding, frame, texts
from .examples.example import Example

registry: tuple[Example, ...] = (
    *fields.EXAMPLES,
    *finding.EXAMPLES,
    *blocks.EXAMPLES,
    *folding.EXAMPLES,
    *acting.EXAMPLES,
    *texts.EXAMPLES,
    *frame.EXAMPLES,
)
"""All examples, in the order of the gallery."""


def component_names() -> tuple[str, ...]:
    """Return the names of the components that have an example, each once, in order."""
    return tuple(dict.fromkeys(example.name for example in registry))
