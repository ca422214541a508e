"""PDF: its words and their places, what its forms show, its pages as images, its scans."""

from __future__ import annotations

import ctypes
import io
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2_raw import bindings

from spplus_app.adapters.documents import pdfium
from spplus_app.adapters.documents.reading import page_image, read
from spplus_app.domain.documents.not_taken import Refusal
from spplus_app.domain.documents.reading import Positioned
from spplus_app.domain.errors import Invalid

from . import reads
from .pdf_maker import deflated, drawn, letter, pdf, stream

SHORT = ["Madame, Monsieur,", "Votre demande d’aide est à compléter."]
MADE_BY_ADOBE = b"(!ADBE::0100_VersChkStrings) 4 0 R"


def test_a_letter_is_read_word_for_word(tmp_path: Path) -> None:
    text = reads.of(tmp_path, "lettre.pdf", pdf([stream(drawn(SHORT))]))
    assert text.text == "Madame, Monsieur,\n\nVotre demande d’aide est à compléter."


def test_a_word_stands_where_it_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(pdf([stream(drawn(["Ici, là"], size=20, top=742, left=100))]))
    given = read(path, "a.pdf")
    assert isinstance(given, Positioned)
    (line,) = given.lines
    unit = given.pages[0].width / 595
    first = line.words[0].box
    assert [word.text for word in line.words] == ["Ici,", "là"]
    assert first.left / unit == pytest.approx(100, abs=1.5)
    # 842 of the sheet less 742 of the base line: the letters stand above it, their tails below.
    assert first.top / unit < 88 < 100 < first.bottom / unit < 106
    assert line.size / unit == pytest.approx(20, abs=0.1)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_words_of_a_turned_page_stand_where_the_page_shows_them(
    tmp_path: Path, turned: int
) -> None:
    path = tmp_path / "a"
    content = stream(drawn(["Coin"], size=20, top=742, left=100))
    path.write_bytes(pdf([content], page=f"/Rotate {turned}".encode()))
    given = read(path, "a.pdf")
    assert isinstance(given, Positioned)
    shown = Image.open(io.BytesIO(page_image(path, "a.pdf", 0, 500))).convert("L")
    scale = shown.width / given.pages[0].width
    box = given.lines[0].box
    dark = shown.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert dark is not None
    seen = [side * scale for side in (box.left, box.top, box.right, box.bottom)]
    # Boxes hold the whole height of letters: a little more than what is inked.
    assert seen[0] - 2 <= dark[0] and seen[1] - 2 <= dark[1]
    assert dark[2] <= seen[2] + 2 and dark[3] <= seen[3] + 2
    assert abs(seen[2] - seen[0] - (dark[2] - dark[0])) < 20


def test_a_cropped_page_keeps_words_in_their_place(tmp_path: Path) -> None:
    path = tmp_path / "a"
    content = stream(drawn(["Coin"], size=20, top=742, left=100))
    path.write_bytes(pdf([content], page=b"/CropBox[50 400 550 800]"))
    given = read(path, "a.pdf")
    assert isinstance(given, Positioned)
    assert (given.pages[0].width, given.pages[0].height) == (5000, 4000)
    assert given.lines[0].box.left == pytest.approx(500, abs=15)
    assert given.lines[0].box.top == pytest.approx(420, abs=60)


def test_what_a_form_shows_is_read(tmp_path: Path) -> None:
    look = stream(
        b"BT /Helv 10 Tf 2 4 Td (Camille) Tj ET",
        b"/Type/XObject/Subtype/Form/BBox[0 0 200 16]/Resources<</Font<</Helv 3 0 R>>>>",
    )
    field = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(nom)/V(Camille)/F 4/Rect[78 786 300 802]"
        b"/AP<</N 4 0 R>>/DA(/Helv 10 Tf)>>"
    )
    content = pdf(
        [stream(drawn(["Nom :"]))],
        catalogue=b"/AcroForm<</Fields[5 0 R]>>",
        page=b"/Annots[5 0 R]",
        more=[look, field],
    )
    assert reads.of(tmp_path, "a.pdf", content).text == "Nom : Camille"


def test_the_same_file_always_gives_the_same_text(tmp_path: Path) -> None:
    content = letter(3)
    assert reads.of(tmp_path, "a.pdf", content) == reads.of(tmp_path, "b.pdf", content)


def test_sixty_pages_are_read_and_one_more_is_refused(tmp_path: Path) -> None:
    text = reads.of(tmp_path, "a.pdf", letter(60, lines=12))
    assert "Page numéro 60, dossier 420" in text.text
    assert reads.refusal(tmp_path, "a.pdf", letter(61, lines=1)) is Refusal.PAGES


def test_a_page_is_an_image_as_wide_as_asked(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(letter(2))
    shown = Image.open(io.BytesIO(page_image(path, "a.pdf", 1, 800)))
    assert (shown.format, shown.width) == ("PNG", 800)
    assert shown.height == pytest.approx(800 * 842 / 595, abs=1)
    with pytest.raises(Invalid):
        page_image(path, "a.pdf", 2, 800)


@pytest.mark.parametrize(
    "refused",
    [
        pdf([stream(b"")], b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"),
        pdf([stream(b"")], b"/OpenAction<</S/J#61vaScript/JS(app.alert\\(1\\))>>"),
        pdf([stream(b"")], b"/OpenAction<</S /Launch/F(calc.exe)>>"),
        pdf(
            [stream(b"")],
            b"/Names<</JavaScript<</Names[(a) 4 0 R]>>>>",
            more=[b"<</S/JavaScript/JS(app.alert\\(1\\))>>"],
        ),
        pdf([stream(b"")], page=b"/AA<</O<</S/JavaScript/JS(1)>>>>"),
        pdf(
            [stream(b"")],
            b"/OpenAction 5 0 R/Names<</JavaScript<</Names[" + MADE_BY_ADOBE + b"]>>>>",
            more=[b"<</S/JavaScript/JS(1)>>", b"<</S/JavaScript/JS(2)>>"],
        ),
    ],
)
def test_a_script_is_refused(tmp_path: Path, refused: bytes) -> None:
    assert reads.refusal(tmp_path, "a.pdf", refused) is Refusal.SCRIPTS


def test_a_script_in_a_stream_of_objects_is_refused(tmp_path: Path) -> None:
    held = b"9 0 <</S/JavaScript/JS(1)>>"
    content = pdf([stream(drawn(SHORT))], more=[deflated(held, more=b"/Type/ObjStm/N 1/First 4")])
    assert reads.refusal(tmp_path, "a.pdf", content) is Refusal.SCRIPTS


def test_the_scripts_of_every_official_form_are_let_through(tmp_path: Path) -> None:
    content = pdf(
        [stream(drawn(SHORT))],
        b"/Names<</JavaScript<</Names[" + MADE_BY_ADOBE + b"]>>>>",
        more=[b"<</S/JavaScript/JS(1)>>"],
    )
    assert reads.of(tmp_path, "a.pdf", content).text.startswith("Madame")


def test_a_file_within_is_refused(tmp_path: Path) -> None:
    held = [stream(b"MZ"), b"<</Type/Filespec/F(a.exe)/UF(a.exe)/EF<</F 4 0 R>>>>"]
    named = pdf([stream(b"")], b"/Names<</EmbeddedFiles<</Names[(a) 5 0 R]>>>>", more=held)
    assert reads.refusal(tmp_path, "a.pdf", named) is Refusal.ATTACHMENTS
    pinned = b"/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 5 0 R>>]"
    on_page = pdf([stream(b"")], page=pinned, more=held)
    assert reads.refusal(tmp_path, "a.pdf", on_page) is Refusal.ATTACHMENTS


@pytest.mark.samples
def test_every_odd_file_ends_in_text_or_in_a_sentence(samples: Path) -> None:
    expected: dict[str, Refusal | str] = {
        "blank.pdf": Refusal.NO_TEXT,
        "commented.pdf": "Heres to the crazy ones.",
        "crazyones-encrypted-256.pdf": Refusal.ENCRYPTED,
        "cyclic-toc.pdf": Refusal.NO_TEXT,
        "enormous.pdf": "81 megapixels",
        "francais.pdf": "Portez ce vieux whisky au juge blond",
        "fuzz_small.pdf": Refusal.NO_TEXT,
        "made_empty.pdf": Refusal.EMPTY,
        "made_zip_named.pdf": Refusal.MISMATCH,
        "multipage.pdf": "LECTURE",
        "no_contents.pdf": Refusal.NO_TEXT,
        "pypdfsample_habibi.pdf": "habibi",
        "pypdfsample_multicolumn.pdf": "Two-Column Document with Lorem Ipsum",
        "pypdfsample_with-attachment.pdf": Refusal.ATTACHMENTS,
        "r2-owner-password.pdf": "pdf encryption test",
        "r6-user-password.pdf": Refusal.ENCRYPTED,
        "cerfa_13753_04.pdf": "CERTIFICAT D’IMMATRICULATION",
        "cerfa_13969_01.pdf": "LISTE DES ASSOCIATIONS MEMBRES",
    }
    files = sorted([*samples.glob("pdf/*.pdf"), *samples.glob("documents/*.pdf")])
    assert {path.name for path in files} == set(expected)
    for path in files:
        wanted = expected[path.name]
        if isinstance(wanted, Refusal):
            assert reads.refusal_at(path, path.name) is wanted, path.name
        else:
            assert wanted in reads.told(read(path, path.name)).text, path.name


def test_what_is_declared_by_hand_is_what_the_library_is() -> None:
    """Sizes, numbers and addresses in the same places as in the bindings made from its header."""

    def shape(kind: object) -> object:
        if kind is None:
            return None
        if hasattr(kind, "_type_") and isinstance(kind._type_, str) and kind._type_ not in "Pz":
            return kind._type_.replace("L", "Q") if ctypes.sizeof(kind) == 8 else kind._type_
        return "address"

    for name, ours in pdfium.DECLARED.items():
        theirs = getattr(bindings, name)
        assert shape(ours.restype) == shape(theirs.restype), name
        assert [*map(shape, ours.argtypes)] == [*map(shape, theirs.argtypes)], name
    constants = {
        "ERR_PASSWORD": "FPDF_ERR_PASSWORD",
        "ERR_SECURITY": "FPDF_ERR_SECURITY",
        "ANNOT_FREETEXT": "FPDF_ANNOT_FREETEXT",
        "ANNOT_STAMP": "FPDF_ANNOT_STAMP",
        "ANNOT_FILEATTACHMENT": "FPDF_ANNOT_FILEATTACHMENT",
        "ANNOT_WIDGET": "FPDF_ANNOT_WIDGET",
        "OBJECT_PATH": "FPDF_PAGEOBJ_PATH",
        "OBJECT_IMAGE": "FPDF_PAGEOBJ_IMAGE",
        "OBJECT_FORM": "FPDF_PAGEOBJ_FORM",
        "FLAT_NORMALDISPLAY": "FLAT_NORMALDISPLAY",
        "FLATTEN_SUCCESS": "FLATTEN_SUCCESS",
        "BITMAP_BGR": "FPDFBitmap_BGR",
        "RENDER_ANNOT": "FPDF_ANNOT",
    }
    assert {name for name in vars(pdfium) if name.isupper()} - {
        "DECLARED",
        "TYPE_CHECKING",
        "_LIBRARY",
    } == set(constants)
    for ours, theirs in constants.items():
        assert getattr(pdfium, ours) == getattr(bindings, theirs)
    for ours, theirs in ((pdfium.Rect, bindings.FS_RECTF), (pdfium.Size, bindings.FS_SIZEF)):
        assert [*ours._fields_] == [*theirs._fields_]
