"""Which headers and footers the first section of a DOCX shows: its sender often stands there."""

from __future__ import annotations

from collections.abc import Mapping

from .packages import Package, collected, parsed

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""The two names of what Word writes."""
_RELATIONS = ("/relationships", "/officeDocument/relationships")


def margins(package: Package, main: str, body: bytes) -> tuple[list[str], list[str]]:
    """Return the members that hold the headers, then the footers, of the first section of ``body``.

    That of the first page comes first where it has its own. ``main`` is the member of ``body``.
    """
    if b"headerReference" not in body and b"footerReference" not in body:
        return [], []
    section = _FirstSection()
    parsed(body, section)
    folder, _, name = main.rpartition("/")
    relations = {
        told.get("Id", ""): told
        for _, told in collected(package.content(f"{folder}/_rels/{name}.rels"))
    }
    kinds = ("first", "default") if section.first_page else ("default",)
    headers, footers = (
        [
            _member(folder, relations.get(section.told.get((what, kind), ""), {}), what)
            for kind in kinds
        ]
        for what in ("header", "footer")
    )
    return headers, footers


def _member(folder: str, relation: Mapping[str, str], what: str) -> str:
    if not relation.get("Type", "").endswith(f"/{what}"):
        return ""
    target = relation.get("Target", "")
    return target[1:] if target.startswith("/") else f"{folder}/{target}"


class _FirstSection:
    """Goes through a body for the properties of its first section, and keeps nothing else."""

    def __init__(self) -> None:
        self.told: dict[tuple[str, str], str] = {}
        """Header or footer, and for which pages → its relation."""
        self.first_page = False
        """Whether the first page has its own."""
        self._inside = self._over = False
        self._was = 0

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        space, _, tag = name.rpartition(" ")
        if self._over or space not in WORD:
            return
        if tag == "sectPrChange":
            self._was += 1  # What the properties were before somebody changed them.
        elif self._was:
            return
        elif tag == "sectPr":
            self._inside = True
        elif self._inside and tag in {"headerReference", "footerReference"}:
            for key, value in attributes.items():
                if key.endswith(" id") and key.rpartition(" ")[0].endswith(_RELATIONS):
                    kind = attributes.get(f"{space} type", "default")
                    self.told[tag.removesuffix("Reference"), kind] = value
        elif self._inside and tag == "titlePg":
            self.first_page = attributes.get(f"{space} val", "on") not in {"0", "false", "off"}

    def closed(self, name: str) -> None:
        """Take the end of an element."""
        space, _, tag = name.rpartition(" ")
        if space in WORD and tag == "sectPrChange":
            self._was = max(0, self._was - 1)
        elif space in WORD and tag == "sectPr" and not self._was:
            self._over |= self._inside

    def said(self, text: str) -> None:
        """Leave text alone."""
