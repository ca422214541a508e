"""Reader of e-mail, in its own process: its subject and its body; who wrote to whom stays out."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import default

from spplus_app.domain.documents.not_taken import NotTaken, Refusal

from .flowing import bare, blocks, decoded
from .web import blocks_of

PARTS_MAX = 200
"""Most parts of a message."""
_LEFT = frozenset({"application/pgp-signature", "application/pkcs7-signature", "text/calendar"})
"""What goes with a message and is none of its words; so are images, which carry signatures."""


def tell(source: bytes, arguments: list[str]) -> bytes:
    """Return the blocks of a message, as `telling` writes them."""
    try:
        return _told(source)
    except RecursionError:
        raise NotTaken(Refusal.DEEP) from None


def _told(source: bytes) -> bytes:
    message = email.message_from_bytes(source, policy=default)
    if not isinstance(message, EmailMessage):
        raise NotTaken(Refusal.UNREADABLE)
    text = html = None
    for number, part in enumerate(message.walk()):
        if number > PARTS_MAX:
            raise NotTaken(Refusal.DEEP)
        kind = part.get_content_type()
        if part.is_multipart() and kind != "message/rfc822":
            continue
        attached = part.get_content_disposition() == "attachment" or part.get_filename()
        if kind in {"text/plain", "text/html"} and not attached:
            if kind == "text/plain":
                text = part if text is None else text
            else:
                html = part if html is None else html
        elif part.get_content_maintype() != "image" and kind not in _LEFT:
            raise NotTaken(Refusal.ATTACHMENTS)
    return _body(str(message.get("subject", "")), text, html)


def _body(subject: str, text: EmailMessage | None, html: EmailMessage | None) -> bytes:
    # HTML keeps its lists and its headings; what it shows is what was received.
    if html is not None:
        found = blocks_of(_content(html), subject)
        if len(found) > bool(subject.strip()) or text is None:
            return blocks(found)
    return bare(_content(text) if text is not None else "", subject)


def _content(part: EmailMessage) -> str:
    raw = part.get_payload(decode=True)
    return decoded(raw if isinstance(raw, bytes) else b"", part.get_content_charset() or "")
