"""E-mails, pages, RTF and bare text: what they show, in order, and nothing of who wrote."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from spplus_app.domain.documents.not_taken import Refusal

from . import makers, reads

SAID = "Madame, Monsieur,\n\nVotre dossier est incomplet : il manque l’avis d’impôt."
READ = "Madame, Monsieur,\n\nVotre dossier est incomplet : il manque l’avis d’impôt."
PAGE = """<!DOCTYPE html><html><head><title>Site</title><style>p{}</style></head><body>
<h1>Votre demande</h1><script>alert(1)</script>
<p>Il manque <b>deux</b> pièces<br>à envoyer.</p>
<p style="display:none">caché</p><p hidden>caché</p>
<ul><li>un avis<ul><li>de l’an dernier</li></ul></li><li><p>un bail</p></li></ul>
<ol><li>envoyez</li><li>attendez</li></ol>
<table><tr><th>Mois</th><th>Montant</th></tr><tr><td>mars</td><td>120 €</td></tr></table>
<a href="javascript:alert(1)">Répondre</a>
</body></html>"""
BLOCKS = [
    ("heading", "Votre demande"),
    ("paragraph", "Il manque deux pièces"),
    ("paragraph", "à envoyer."),
    ("list_item", "un avis"),
    ("list_item", "de l’an dernier"),
    ("list_item", "un bail"),
    ("list_item", "envoyez"),
    ("list_item", "attendez"),
    ("cell", "Mois"),
    ("cell", "Montant"),
    ("cell", "mars"),
    ("cell", "120 €"),
    ("paragraph", "Répondre"),
]


def message(text: str = SAID, page: str | None = None) -> EmailMessage:
    """A message from somebody to somebody."""
    made = EmailMessage()
    made["From"], made["To"] = "agent@caf.example", "Camille Durand <camille@exemple.fr>"
    made["Subject"] = "Votre dossier n° 12 à compléter"
    made.set_content(text)
    if page is not None:
        made.add_alternative(page, subtype="html")
    return made


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_bare_text_is_read_in_the_encodings_of_the_country(tmp_path: Path, encoding: str) -> None:
    assert reads.of(tmp_path, "a.txt", SAID.encode(encoding)).text == READ


def test_a_page_gives_what_it_shows(tmp_path: Path) -> None:
    text = reads.of(tmp_path, "a.html", PAGE.encode())
    assert reads.outline(text) == BLOCKS
    blocks = [one.block for one in text.blocks]
    assert [(one.marker, one.level) for one in blocks[3:8]] == [
        ("•", 0),
        ("•", 1),
        ("•", 0),
        ("1.", 0),
        ("2.", 0),
    ]


def test_a_page_says_its_own_encoding(tmp_path: Path) -> None:
    page = "<html><head><meta charset='iso-8859-15'></head><body><p>20 € à régler</p>"
    assert reads.of(tmp_path, "a.html", page.encode("iso-8859-15")).text == "20 € à régler"


def test_a_table_that_lays_a_page_out_is_no_table(tmp_path: Path) -> None:
    page = "<table><tr><td><table><tr><td><p>Bonjour</p><p>Merci</p></td></tr></table></td></tr>"
    assert reads.outline(reads.of(tmp_path, "a.html", page.encode())) == [
        ("paragraph", "Bonjour"),
        ("paragraph", "Merci"),
    ]


def test_a_message_gives_its_subject_and_its_body_alone(tmp_path: Path) -> None:
    text = reads.of(tmp_path, "a.eml", message().as_bytes())
    assert text.text == f"Votre dossier n° 12 à compléter\n\n{READ}"
    assert text.blocks[0].block.kind == "title"


def test_a_message_with_a_page_gives_the_page(tmp_path: Path) -> None:
    text = reads.of(tmp_path, "a.eml", message(page=PAGE).as_bytes())
    assert reads.outline(text) == [("title", "Votre dossier n° 12 à compléter"), *BLOCKS]


def test_images_of_a_message_are_left_and_other_files_refused(tmp_path: Path) -> None:
    made = message()
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    assert reads.of(tmp_path, "a.eml", made.as_bytes()).text.endswith(READ)
    made.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    assert reads.refusal(tmp_path, "a.eml", made.as_bytes()) is Refusal.ATTACHMENTS


def test_an_outlook_message_gives_its_subject_and_its_body(tmp_path: Path) -> None:
    content = makers.outlook(subject="Votre dossier", body=SAID.replace("\n", "\r\n"))
    assert reads.of(tmp_path, "a.msg", content).text == f"Votre dossier\n\n{READ}"


def test_an_outlook_message_in_html_gives_the_page(tmp_path: Path) -> None:
    content = makers.outlook({"__substg1.0_10130102": PAGE.encode()}, subject="Votre dossier")
    assert reads.outline(reads.of(tmp_path, "a.msg", content)) == [
        ("title", "Votre dossier"),
        *BLOCKS,
    ]


def test_files_of_an_outlook_message_are_refused_but_images(tmp_path: Path) -> None:
    for name, refused in (("logo.png", False), ("a.pdf", True)):
        held = {"__attach_version1.0_#00000000/__substg1.0_3707001F": name.encode("utf-16-le")}
        content = makers.outlook(held, subject="Votre dossier", body=SAID)
        if refused:
            assert reads.refusal(tmp_path, "a.msg", content) is Refusal.ATTACHMENTS
        else:
            assert reads.of(tmp_path, "a.msg", content).text.startswith("Votre dossier")


def test_an_rtf_gives_its_text(tmp_path: Path) -> None:
    content = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Arial;}{\info{\author Camille Durand}}"
        rb"\f0 Madame, Monsieur,\par\par Votre dossier est incomplet\~: il manque "
        rb"l\rquote avis d\rquote imp\'f4t.\par{\pict\pngblip " + b"89504e47" * 40 + b"}}"
    )
    assert reads.of(tmp_path, "a.rtf", content).text == READ.replace(" :", "\u00a0:")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (rb"{\rtf1 {\object\objemb{\*\objdata 0105}}}", Refusal.OBJECTS),
        (rb"{\rtf1 " + b"{" * 5000 + b"a" + b"}" * 5001, Refusal.DEEP),
        (rb"{\rtf1 {a}", Refusal.MISMATCH),
    ],
)
def test_an_rtf_that_holds_more_than_a_text_is_refused(
    tmp_path: Path, content: bytes, why: Refusal
) -> None:
    assert reads.refusal(tmp_path, "a.rtf", content) is why


def test_too_long_a_text_is_told_to_be(tmp_path: Path) -> None:
    assert reads.refusal(tmp_path, "a.txt", b"mot " * 150_000) is Refusal.LONG
