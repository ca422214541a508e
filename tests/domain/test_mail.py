"""The words of each mail: complete, escaped, the same in both forms, well set in French."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from spplus_app.domain.letters import Link, as_html, as_text
from spplus_app.domain.mail import TEMPLATES, Template, letter

HOSTILE = '<script>alert("x")</script> & « été »\nDeuxième ligne\n\nFin'
VALUES = {
    "site": "https://exemple.fr",
    "link": "https://exemple.fr/suivi/abc-_123",
    "public_link": "https://exemple.fr/experiences/7-mon-titre",
    "title": "Trois heures d’attente",
    "sent_at": "24 novembre 2026 à 9 h 05",
    "outside": "",
    "reason": "Votre texte fait de la publicité.",
    "message": "Merci de retirer le nom.",
    "structure": "CAF du Val",
    "text": "Nous avons rappelé.\n\nVotre dossier est complet.",
    "politeness": "Cordialement,",
    "signature": "Le service accueil",
}


class _Words(HTMLParser):
    """The words of a page, its tags and its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.seen: set[tuple[str, str]] = set()
        self.skip = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skip = tag == "title"
        self.seen |= {(tag, name) for name, _ in attrs} | {(tag, "")}

    def handle_data(self, data: str) -> None:
        if not self.skip:
            self.words += data.split()
        self.skip = False


def _parsed(html: str) -> _Words:
    parser = _Words()
    parser.feed(html)
    return parser


@pytest.mark.parametrize("template", Template)
def test_every_mail_says_the_same_in_text_and_in_html(template: Template) -> None:
    content = letter(template, VALUES)
    text = [word for word in as_text(content).split() if word != ">"]
    assert _parsed(as_html(content)).words == text
    assert content.subject
    assert "\n" not in content.subject
    links = [block.url for block in content.blocks if isinstance(block, Link)]
    assert VALUES["link"] in links
    assert VALUES["link"] in as_text(content).splitlines()


@pytest.mark.parametrize("template", Template)
def test_nothing_typed_becomes_markup_and_nothing_is_fetched(template: Template) -> None:
    typed = dict.fromkeys(VALUES, HOSTILE) | {
        name: VALUES[name] for name in ("site", "link", "public_link")
    }
    seen = _parsed(as_html(letter(template, typed))).seen
    tags = {tag for tag, _ in seen}
    assert tags <= {"html", "head", "meta", "title", "body", "p", "br", "a", "blockquote"}
    assert not {name for _, name in seen} & {"src", "onclick", "onload"}


@pytest.mark.parametrize("template", Template)
def test_a_subject_holds_no_word_of_anybody(template: Template) -> None:
    typed = dict.fromkeys(VALUES, "MOT")
    assert "MOT" not in letter(template, typed).subject


def test_only_the_confirmation_goes_to_an_unconfirmed_address_and_carries_no_typed_word() -> None:
    allowed = [template for template, spec in TEMPLATES.items() if spec.to_unconfirmed]
    assert allowed == [Template.FOLLOW_UP]
    typed = dict.fromkeys(VALUES, "MOT") | {
        name: VALUES[name] for name in ("site", "link", "sent_at")
    }
    assert "MOT" not in as_text(letter(Template.FOLLOW_UP, typed))


@pytest.mark.parametrize("template", Template)
@pytest.mark.parametrize("outside", ["", "1"])
def test_french_typography(template: Template, outside: str) -> None:
    content = letter(template, VALUES | {"outside": outside})
    text = as_text(content).replace("https://", "")
    assert not re.search(r"[^\s\u00a0\u202f][;?!»]", text)
    assert not re.search(r"(?<![\u00a0\d]) ?:(?!\d)", text.replace("\u00a0:", ""))
    assert not re.search(r"« | [:;?!»]|'", text)


def test_the_call_to_moderation_carries_no_word_of_anybody() -> None:
    typed = dict.fromkeys(VALUES, "MOT") | {name: VALUES[name] for name in ("site", "link")}
    assert "MOT" not in as_text(letter(Template.ALERT, typed))


def test_every_template_has_its_rule() -> None:
    assert set(TEMPLATES) == set(Template)


def test_a_refusal_carries_the_moderator_s_words_only_when_there_are_some() -> None:
    assert "> Merci de retirer le nom." in as_text(letter(Template.REFUSED, VALUES))
    silent = as_text(letter(Template.REFUSED, VALUES | {"message": ""}))
    assert "vous écrit" not in silent


def test_a_reply_is_whole() -> None:
    text = as_text(letter(Template.REPLY, VALUES))
    assert "> Nous avons rappelé.\n>\n> Votre dossier est complet.\n>\n> Cordialement,\n" in text
    assert "> Le service accueil" in text
