"""A letter: its blocks, the same in plain text and in HTML."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of ours."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, several lines."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """What the reader can do, and where: the address is written in full."""

    label: str
    url: str


Block = Text | Quote | Link


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail: its subject and its blocks, in order."""

    subject: str
    blocks: tuple[Block, ...]


def as_text(content: Letter) -> str:
    """Return the mail in plain text: one blank line between blocks, quotes marked by « > »."""
    return "\n\n".join(_text(block) for block in content.blocks if _text(block)) + "\n"


def _text(block: Block) -> str:
    if isinstance(block, Link):
        return f"{block.label}\n{block.url}"
    if isinstance(block, Quote):
        return "\n".join(f"> {line}".rstrip() for line in block.text.splitlines())
    return block.text


def as_html(content: Letter) -> str:
    """Return the mail in HTML: the same words, everything escaped, nothing fetched."""
    body = "\n".join(_html(block) for block in content.blocks if _text(block))
    return (
        '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(content.subject)}</title>\n</head>\n"
        '<body style="max-width:36em;margin:0 auto;padding:16px;'
        'font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere">\n'
        f"{body}\n</body>\n</html>\n"
    )


def _html(block: Block) -> str:
    if isinstance(block, Link):
        url = escape(block.url, quote=True)
        return f'<p>{_lines(block.label)}<br><a href="{url}">{escape(block.url)}</a></p>'
    if isinstance(block, Quote):
        paragraphs = "".join(f"<p>{_lines(part)}</p>" for part in block.text.split("\n\n") if part)
        rule = "margin:1em 0;padding-left:1em;border-left:3px solid"
        return f'<blockquote style="{rule}">{paragraphs}</blockquote>'
    return f"<p>{_lines(block.text)}</p>"


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())
