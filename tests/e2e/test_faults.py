"""When the server itself fails, the person is told, and the page stays."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import text

from tests.e2e.conftest import Person
from tests.e2e.site import Site


def test_a_fault_of_ours_is_said_and_goes_with_it(site: Site, person: Person) -> None:
    page = person(375, 740)
    page.goto("/accessibilite")
    site.act(lambda session: session.execute(text("ALTER TABLE experience RENAME TO away")))
    try:
        page.goto("/experiences")
        expect(page.get_by_text("Une erreur est survenue de notre côté")).to_be_visible()
    finally:
        site.act(lambda session: session.execute(text("ALTER TABLE away RENAME TO experience")))
    page.goto("/experiences")
    expect(page.get_by_role("article").first).to_be_visible()
    expect(page.get_by_text("Une erreur est survenue de notre côté")).to_have_count(0)
