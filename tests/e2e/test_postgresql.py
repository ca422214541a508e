"""The same site on PostgreSQL; what another process does is seen on an open page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain.roles import Grant, Role, Viewer
from spplus_app.persistence.tables import ExperienceRow, PersonRow
from spplus_app.services import moderation
from tests import postgres
from tests.conftest import migrate
from tests.e2e import steps
from tests.e2e.conftest import Person
from tests.e2e.site import Site, running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, on a PostgreSQL of its own."""
    with (
        postgres.fresh_database(migrate) as url,
        running(tmp_path_factory.mktemp("postgresql"), database_url=url) as made,
    ):
        yield made


def test_published_by_another_process_and_seen_on_the_open_page(site: Site, person: Person) -> None:
    title = "Un rendez-vous donné deux fois"
    reader, citizen = person(), person(375, 740)
    reader.goto("/experiences")
    expect(reader.get_by_role("article").first).to_be_visible()

    link = steps.deposit(citizen, title)

    def publish(session: Session) -> None:
        row = session.scalars(select(ExperienceRow).where(ExperienceRow.title == title)).one()
        person_id = session.scalars(
            select(PersonRow.id).where(PersonRow.email.startswith("moderation@"))
        ).one()
        who = Viewer(person_id=person_id, grants=(Grant(Role.MODERATOR),))
        moderation.publish(session, who, row.id, row.version)

    # This process is not the site's: it stands for the worker and for the command line.
    site.act(publish)
    expect(reader.get_by_role("link", name=title)).to_be_visible()
    citizen.goto(link)
    assert re.search(r"/suivi/\d+$", citizen.url)
    expect(citizen.get_by_text("Votre expérience est publiée")).to_be_visible()
