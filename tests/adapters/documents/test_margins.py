"""Headers and footers of word processors' documents: read once, where the sender often stands."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from . import makers, reads
from .test_office import RELATIONS


def headed(first_page: bool = False) -> docx.document.Document:
    """A letter of two sections, each with its header and its footer."""
    made = docx.Document()
    made.add_paragraph("Vous avez un indu.")
    section = made.sections[0]
    section.header.paragraphs[0].text = "Caisse d’allocations familiales"
    section.header.add_paragraph("du Val-d’Oise")
    section.footer.paragraphs[0].text = "32 rue de la Caisse"
    section.footer.add_paragraph("Page 1 sur 2")
    section.different_first_page_header_footer = first_page
    other = made.add_section()
    other.header.is_linked_to_previous = other.footer.is_linked_to_previous = False
    other.header.paragraphs[0].text = "Annexe"
    other.footer.paragraphs[0].text = "Fin de l’annexe"
    made.add_paragraph("Cordialement")
    return made


def test_the_header_of_a_docx_comes_first_and_its_footer_last_once(tmp_path: Path) -> None:
    text = reads.of(tmp_path, "a.docx", makers.saved(headed()))
    assert [told for _, told in reads.outline(text)] == [
        "Caisse d’allocations familiales",
        "du Val-d’Oise",
        "Vous avez un indu.",
        "Cordialement",
        "32 rue de la Caisse",
    ]


def test_the_header_of_the_first_page_of_a_docx_is_the_one_read(tmp_path: Path) -> None:
    made = headed(first_page=True)
    # None of its own yet, or an empty one: what the next pages show is read.
    assert reads.of(tmp_path, "a.docx", makers.saved(made)).text.startswith("Caisse")
    made.sections[0].first_page_header.paragraphs[0].text = "1"
    assert reads.of(tmp_path, "a.docx", makers.saved(made)).text.startswith("Caisse")
    made.sections[0].first_page_header.paragraphs[0].text = "La directrice"
    text = reads.of(tmp_path, "a.docx", makers.saved(made)).text
    assert text.startswith("La directrice\n\nVous avez") and "Caisse d’alloc" not in text
    made.sections[0].different_first_page_header_footer = False
    assert reads.of(tmp_path, "a.docx", makers.saved(made)).text.startswith("Caisse")


def test_the_table_of_a_header_is_another_table(tmp_path: Path) -> None:
    made = docx.Document()
    header = made.sections[0].header
    table = header.add_table(1, 2, docx.shared.Cm(10))
    table.cell(0, 0).text, table.cell(0, 1).text = "CAF", "95000 Cergy"
    made.add_table(1, 1).cell(0, 0).text = "mars"
    text = reads.of(tmp_path, "a.docx", makers.saved(made))
    assert [(one.block.table, one.block.text) for one in text.blocks] == [
        (0, "CAF"),
        (0, "95000 Cergy"),
        (1, "mars"),
    ]


def test_a_header_of_a_docx_that_is_none_is_not_looked_for(tmp_path: Path) -> None:
    for target in ("../../etc/passwd", "styles.xml", "/word/document.xml", "a.xml"):
        with zipfile.ZipFile(io.BytesIO(makers.saved(headed()))) as package:
            told = package.read(RELATIONS).decode()
        content = makers.with_members(
            makers.saved(headed()),
            {RELATIONS: told.replace('Target="header1.xml"', f'Target="{target}"').encode()},
        )
        text = reads.of(tmp_path, "a.docx", content).text
        assert "Vous avez un indu." in text and "d’allocations" not in text


def paged(masters: str, first: str = "") -> bytes:
    """An ODT with these pages, whose first paragraph begins one of them."""
    with zipfile.ZipFile(io.BytesIO(makers.open_document())) as package:
        styles, content = (package.read(f"{one}.xml").decode() for one in ("styles", "content"))
    styles = re.sub(r"<style:master-page.*?/>", masters, styles)
    style = (
        f'<style:style style:name="PX" style:family="paragraph" style:master-page-name="{first}"/>'
    )
    content = re.sub(
        r"<office:text[^>]*>",
        r'\g<0><text:p text:style-name="PX">Lettre</text:p>',
        content,
        count=1,
    )
    content = re.sub(
        "<office:automatic-styles/>|</office:automatic-styles>", style + r"\g<0>", content
    )
    content = content.replace(
        f"{style}<office:automatic-styles/>",
        f"<office:automatic-styles>{style}</office:automatic-styles>",
    )
    return makers.with_members(
        makers.open_document(), {"styles.xml": styles.encode(), "content.xml": content.encode()}
    )


def page(name: str, more: str = "", **told: str) -> str:
    """A kind of page of an ODT, with these headers and footers."""
    inside = "".join(
        f"<style:{kind.replace('_', '-')}><text:p>{text}</text:p></style:{kind.replace('_', '-')}>"
        for kind, text in told.items()
    )
    return (
        f'<style:master-page style:name="{name}" style:page-layout-name="Mpm1"{more}>'
        f"{inside}</style:master-page>"
    )


STANDARD = page("Standard", header="La caisse", header_left="À gauche", footer="Son adresse")
NEXT = ' style:next-style-name="Standard"'


@pytest.mark.parametrize(
    ("masters", "first", "begins", "ends"),
    [
        (STANDARD, "", "La caisse", "Son adresse"),
        (page("Standard", header="2", footer="Page 1 / 3"), "", "Lettre", "Cordialement"),
        (
            page("First", NEXT, header="La directrice") + STANDARD,
            "First",
            "La directrice",
            "Son adresse",
        ),
        (page("First", NEXT) + STANDARD, "First", "La caisse", "Son adresse"),
        (page("Landscape", header="Annexe") + STANDARD, "", "La caisse", "Son adresse"),
        (page("Other", header="Seule"), "nowhere", "Seule", "Cordialement"),
        (
            page("Standard", header="Suite", header_first="Premiere", footer="Pied"),
            "",
            "Premiere",
            "Pied",
        ),
        (
            STANDARD.replace("<style:header>", '<style:header style:display="false">'),
            "",
            "Lettre",
            "Son adresse",
        ),
        ("", "", "Lettre", "Cordialement"),
    ],
)
def test_the_header_of_an_odt_comes_first_and_its_footer_last_once(
    tmp_path: Path, masters: str, first: str, begins: str, ends: str
) -> None:
    text = reads.of(tmp_path, "a.odt", paged(masters, first)).text
    told = text.split("\n\n")
    assert (told[0], told[-1]) == (begins, ends)
    assert told[1 if begins != "Lettre" else 0] == "Lettre"
    assert "gauche" not in text and text.count(begins) == text.count(ends) == 1
