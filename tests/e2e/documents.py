"""Documents sent to a running site, as its own process would keep them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

from playwright.sync_api import BrowserContext
from sqlalchemy.orm import Session

from spplus_app.domain.roles import Viewer
from spplus_app.persistence import documents as rows
from spplus_app.services import clock, tokens
from spplus_app.services.documents import deposit, masking
from spplus_app.services.documents import reading as reader
from spplus_app.settings import settings
from tests.adapters.documents import pdf_maker
from tests.e2e.site import Site
from tests.services.test_documents import TYPED, upload

PAGES = (
    ["Madame Zorah Belkacemi", "14 rue des Lilas", "95100 Argenteuil", "", "Objet : votre dossier"],
    ["Vous avez perçu un indu de 412 euros.", "Votre conseillère est Odile Fargeau."],
)


@contextmanager
def at_home(site: Site) -> Iterator[None]:
    """Work with the folder and the keys of a site."""
    before = os.environ.get("SPPLUS_VAR")
    os.environ["SPPLUS_VAR"] = str(site.folder)
    settings.cache_clear()
    try:
        yield
    finally:
        if before is None:
            del os.environ["SPPLUS_VAR"]
        else:
            os.environ["SPPLUS_VAR"] = before
        settings.cache_clear()


@dataclass(frozen=True)
class Sent:
    """A document sent, and the secret of the browser that sent it."""

    id: int
    secret: str = field(default_factory=tokens.new_token)

    @property
    def viewer(self) -> Viewer:
        """Who sent it."""
        return Viewer(visitor=tokens.hash_token(self.secret))

    def held_by(self, context: BrowserContext, site: Site) -> None:
        """Let a browser be the one that sent it."""
        context.add_cookies([{"name": "spplus-visitor", "value": self.secret, "url": site.url}])


def letter(pages: tuple[list[str], ...] = PAGES, size: int = 18) -> bytes:
    """A PDF of these pages."""
    return pdf_maker.pdf([pdf_maker.stream(pdf_maker.drawn(one, size)) for one in pages])


def sent(
    site: Site, name: str = "lettre.pdf", content: bytes | None = None, *, read: bool = True
) -> Sent:
    """Send a document to a site, and have it read."""
    made, form = Sent(0), str(uuid4())
    typed = {**TYPED, "wished": "Appelez-moi au 06 99 88 77 66, je vous prie."}
    with at_home(site):

        def work(session):  # type: ignore[no-untyped-def]
            upload(session, form, name, letter() if content is None else content, made.viewer)
            return deposit.send(session, made.viewer, form, typed)

        number = site.act(work)
        if read:
            reader.run(site.engine, number)
    return Sent(number, made.secret)


def opened_by(site: Site, secret: str) -> dict[str, dict[str, int]]:
    """Documents that a browser holds, by path of the table and by stage."""
    holder = tokens.hash_token(secret)
    masking_one, waiting = sent(site), handed(site, "person")
    for one in (masking_one, waiting):
        site.act(lambda s, n=one.id: rows.hold(s, holder, n, clock.now()))  # type: ignore[misc]
    return {
        "/documents/verifier/[ident]": {"masking": masking_one.id, "handed": waiting.id},
        "/espace/moderation/documents/[ident]": {"handed": waiting.id},
    }


def handed(site: Site, lift: str = "") -> Sent:
    """A document handed over; the mask of this kind was taken out by its depositor."""
    one = sent(site)
    with at_home(site):

        def work(session):  # type: ignore[no-untyped-def]
            view = masking.opened(session, one.viewer, one.id)
            for mask in view.masks:
                if mask.kind == lift:
                    masking.remove_mask(session, one.viewer, one.id, mask.start, mask.end)
            for page in range(max(1, len(view.pages))):
                masking.check_page(session, one.viewer, one.id, page)
            masking.hand_over(session, one.viewer, one.id)

        site.act(work)
    return one


def read(site: Site, one: Sent) -> None:
    """Have a document read, here or by the site's own worker, whoever is first."""
    with at_home(site):
        reader.run(site.engine, one.id)


def masked_words(session: Session, one: Sent) -> list[str]:
    """The words of a document that are masked now."""
    view = masking.opened(session, one.viewer, one.id)
    return [view.document.text[mask.start : mask.end] for mask in view.masks]
