"""Marks as other tools read them, and as anybody may send them: W3C Web Annotation, JSON-LD.

Out: an `AnnotationCollection` whose pages embed the annotations (Web Annotation Vocabulary, 2017).
In: one annotation, of which nothing is believed: bounded, every key known, every value checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from spplus_app.domain.errors import Invalid

from .annotations import TONE_NAMES, WHY_NAMES, Annotation, Mark, Tone, Why, mark
from .canonical import OFFSET_MAX
from .selectors import PASSAGE_MAX, Target, TextPosition, TextQuote

CONTEXT_IRI = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
ANNOTATION_BYTES_MAX = 65_536
"""Largest annotation read, in bytes: the longest passage and both texts, all escaped.

Escaped, « é » is six bytes. A character beyond U+FFFF (an emoji) is twelve, four as it is: a
passage that holds little else is sent as it is.
"""
PAGE_SIZE = 1000
"""Most annotations of one page of a collection."""


@dataclass(frozen=True, slots=True)
class Published:
    """An annotation that everyone may read, with its address and the day it was sent."""

    address: str
    annotation: Annotation
    sent_at: datetime


def annotation_json(published: Published, source: str) -> dict[str, Any]:
    """Return one annotation; ``source`` is the address of the version of the text it is on."""
    made = published.annotation
    bodies = _bodies(made.mark)
    return {
        "id": published.address,
        "type": "Annotation",
        "motivation": list(dict.fromkeys(body["purpose"] for body in bodies)),
        "created": published.sent_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "body": bodies,
        "target": {"source": source, "selector": _selectors(made.target)},
    }


def page_json(
    address: str, source: str, published: Sequence[Published], start: int, total: int
) -> dict[str, Any]:
    """Return one page of the collection of ``address``, of which ``published`` begin at ``start``.

    ``total`` counts the whole collection; pages are told by « ?page= », from 0.
    """
    number = start // PAGE_SIZE
    page: dict[str, Any] = {
        "@context": CONTEXT_IRI,
        "id": f"{address}?page={number}",
        "type": "AnnotationPage",
        "partOf": {"id": address, "total": total},
        "startIndex": start,
        "items": [annotation_json(one, source) for one in published],
    }
    if number > 0:
        page["prev"] = f"{address}?page={number - 1}"
    if start + len(published) < total:
        page["next"] = f"{address}?page={number + 1}"
    return page


def collection_json(
    address: str, source: str, label: str, published: Sequence[Published], total: int
) -> dict[str, Any]:
    """Return the collection of a text's annotations, with its first page within."""
    first = page_json(address, source, published[:PAGE_SIZE], 0, total)
    del first["@context"], first["partOf"]
    return {
        "@context": CONTEXT_IRI,
        "id": address,
        "type": "AnnotationCollection",
        "label": {"fr": label},
        "total": total,
        "first": first,
        "last": f"{address}?page={max(0, total - 1) // PAGE_SIZE}",
    }


def _bodies(made: Mark) -> list[dict[str, str]]:
    told = [("assessing", TONE_NAMES[made.tone])]
    told += [("tagging", WHY_NAMES[why]) for why in made.reasons]
    told += [("commenting", made.understood)] if made.understood else []
    told += [("editing", made.rewrite)] if made.rewrite else []
    return [
        {
            "type": "TextualBody",
            "purpose": purpose,
            "value": value,
            "format": "text/plain",
            "language": "fr",
        }
        for purpose, value in told
    ]


def _selectors(target: Target) -> list[dict[str, Any]]:
    quote, position = target.quote, target.position
    return [
        {
            "type": "TextQuoteSelector",
            "exact": quote.exact,
            "prefix": quote.prefix,
            "suffix": quote.suffix,
        },
        {"type": "TextPositionSelector", "start": position.start, "end": position.end},
    ]


# ---- What anybody sends ----------------------------------------------------------------------


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Body(_Strict):
    type: Literal["TextualBody"]
    purpose: Literal["assessing", "tagging", "commenting", "editing"]
    value: Annotated[str, Field(max_length=2000)]
    format: Literal["text/plain"] = "text/plain"
    language: Literal["fr"] = "fr"


class _Quote(_Strict):
    type: Literal["TextQuoteSelector"]
    exact: Annotated[str, Field(min_length=1, max_length=PASSAGE_MAX)]
    prefix: Annotated[str, Field(max_length=256)] = ""
    suffix: Annotated[str, Field(max_length=256)] = ""


class _Position(_Strict):
    type: Literal["TextPositionSelector"]
    start: Annotated[int, Field(ge=0, le=OFFSET_MAX)]
    end: Annotated[int, Field(ge=1, le=OFFSET_MAX)]


_Selector = Annotated[_Quote | _Position, Field(discriminator="type")]
_Short = Annotated[str, Field(max_length=500)]


class _Target(_Strict):
    source: _Short = ""
    selector: Annotated[list[_Selector], Field(min_length=2, max_length=2)]


class _Annotation(_Strict):
    context: Literal["http://www.w3.org/ns/anno.jsonld"] | None = Field(None, alias="@context")
    id: _Short = ""
    type: Literal["Annotation"]
    motivation: _Short | Annotated[list[_Short], Field(max_length=8)] = ""
    created: _Short = ""
    body: Annotated[list[_Body], Field(min_length=1, max_length=len(Why) + 3)]
    target: _Target


_TONES = {name: tone.value for tone, name in TONE_NAMES.items()} | {t.value: t.value for t in Tone}
_WHYS = {name: why.value for why, name in WHY_NAMES.items()} | {w.value: w.value for w in Why}
UNREADABLE = "Cette marque n’a pas pu être lue. Rechargez la page et marquez à nouveau."


def parsed(payload: bytes) -> Annotation:
    """Return the annotation that ``payload`` holds, which no text has confirmed yet.

    Identity, dates and source are read to be forgotten: the service knows them better. Raises
    `Invalid`, by field as `annotations.mark` or for « annotation » as a whole.
    """
    if len(payload) > ANNOTATION_BYTES_MAX:
        raise Invalid({"annotation": UNREADABLE})
    try:
        read = _Annotation.model_validate_json(payload)
    except ValidationError:
        raise Invalid({"annotation": UNREADABLE}) from None
    quotes = [one for one in read.target.selector if isinstance(one, _Quote)]
    positions = [one for one in read.target.selector if isinstance(one, _Position)]
    told = {purpose: _values(read.body, purpose) for purpose in _ONCE}
    if not (quotes and positions) or any(len(values) > 1 for values in told.values()):
        raise Invalid({"annotation": UNREADABLE})
    quote, position = quotes[0], positions[0]
    if position.end - position.start != len(quote.exact):
        raise Invalid({"annotation": UNREADABLE})
    target = Target(
        TextQuote(quote.exact, quote.prefix, quote.suffix),
        TextPosition(position.start, position.end),
    )
    tone, understood, rewrite = ("".join(told[purpose]) for purpose in _ONCE)
    tags = [_WHYS.get(value, "") for value in _values(read.body, "tagging")]
    return Annotation(target, mark(_TONES.get(tone, ""), tags, understood, rewrite))


_ONCE = ("assessing", "commenting", "editing")


def _values(bodies: Sequence[_Body], purpose: str) -> list[str]:
    return [body.value for body in bodies if body.purpose == purpose]
