"""Gestures around a draft, for the tests that cut, restart and come back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain.roles import Grant, Role, Viewer
from spplus_app.persistence.tables import ExperienceRow, PersonRow
from tests.e2e import steps
from tests.e2e.site import Site, until

SOCKETS = """(() => {
  const Real = window.WebSocket;
  window.sockets = [];
  window.WebSocket = class extends Real {
    constructor(...given) { super(...given); window.sockets.push(this); }
  };
})()"""
OPEN = "window.sockets.filter((one) => one.readyState === 1).length"
LOCAL = "Object.keys(localStorage).filter((name) => name.startsWith('spplus-draft:'))"
KEPT = "Brouillon gardé sur cet appareil."
LOST = "Connexion perdue."


def watched(page: Page) -> Page:
    """A page whose sockets can be cut."""
    page.context.add_init_script(SOCKETS)
    return page


def cut(page: Page) -> None:
    """Cut every socket of the page."""
    page.evaluate("window.sockets.forEach((one) => one.close())")


def connected(page: Page) -> None:
    """Wait for an open socket."""
    # Not `wait_for_function`: it evaluates a text within the page, which the policy forbids.
    until(lambda: page.evaluate(OPEN) > 0, 20, "an open socket")


def to_story(page: Page) -> None:
    """Fill the first step."""
    page.goto("/partager/service")
    steps.choose_service(page, "mairie clairbrume etat civil", "état civil")
    steps.use_channel(page, "Accueil", "Négatif")
    steps.go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Que s’est-il passé")


def narrative(page: Page) -> Locator:
    """The long field."""
    return page.get_by_label("Racontez ce qui s’est passé")


def to_check(page: Page, title: str) -> None:
    """Fill every step but the last."""
    to_story(page)
    steps.tell_story(page, title)
    steps.go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous")
    steps.go_on(page, "Relire avant d’envoyer")
    expect(page.get_by_role("heading", level=3, name=title)).to_be_visible()


def sent(site: Site, title: str) -> list[ExperienceRow]:
    """The experiences with this title."""
    query = select(ExperienceRow).where(ExperienceRow.title == title)
    return site.act(lambda session: list(session.scalars(query)))


def moderated(
    site: Site, work: Callable[[Session, Viewer, ExperienceRow], None], title: str
) -> None:
    """Do something as moderation, from another process than the site's."""

    def gesture(session: Session) -> None:
        row = session.scalars(select(ExperienceRow).where(ExperienceRow.title == title)).one()
        person = select(PersonRow.id).where(PersonRow.email.startswith("moderation@"))
        who = Viewer(person_id=session.scalars(person).one(), grants=(Grant(Role.MODERATOR),))
        work(session, who, row)

    site.act(gesture)
