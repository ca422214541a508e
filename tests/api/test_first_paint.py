"""The first answer of a public page: status, head, content, validator; on each database."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import htpy
import httpx
import pytest

from spplus_app.api.first_paint import registry, shown
from spplus_app.api.first_paint.paint import Ask, Paint, query_of
from spplus_app.api.first_paint.template import BadTemplate, cut, frame
from spplus_app.components.ui.slot import BEGIN, END
from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import ExperienceRow, StructureRow
from spplus_app.services import clock
from spplus_app.services.reading import UNDATED
from spplus_app.services.views import ExperienceView, ReplyView, ServiceView, TagView
from spplus_app.settings import settings
from tests import documents, factories
from tests.api import painting


@pytest.fixture
async def browser(house: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with painting.reader(painting.build(tmp_path / "html")) as client:
        yield client


def _published(count: int = 1, **story: str) -> list[ExperienceRow]:
    with unit_of_work() as session:
        office = factories.tree(session).office
        return [
            factories.published(session, factories.visitor(), office, **story) for _ in range(count)
        ]


def _address(row: ExperienceRow) -> str:
    return f"/experiences/{row.id}-{row.slug}"


# The content


async def test_an_experience_is_read_in_the_first_answer(
    house: pytest.MonkeyPatch, browser: httpx.AsyncClient
) -> None:
    with unit_of_work() as session:
        office = factories.tree(session).office
        row = factories.published(session, factories.visitor(), office)
        factories.replied(session, row, office)
    answer = await browser.get(_address(row))
    assert answer.status_code == 200
    painted = answer.text.split('<div id="first-paint">')[1]
    for part in (factories.STORY["title"], factories.NARRATIVE, factories.REPLY["text"], "Camille"):
        assert part in painted
    # The frame of the site, with links to places of this page, before the scripts' own end.
    assert '<a href="#contenu">' in painted and "Haut" in painted and "Bas" in painted
    assert "Un instant" not in painted and "x()" not in painted
    assert painted.endswith("</div></div></body></html>")


async def test_the_menu_says_where_a_painted_page_belongs(browser: httpx.AsyncClient) -> None:
    row = _published()[0]
    with unit_of_work() as session:
        letter = documents.published(session)
    here = re.compile('<a([^>]*) aria-current="page"([^>]*)>')
    for path, entry in (
        (_address(row), "/experiences"),
        ("/experiences/999999", "/experiences"),
        (f"/documents/{letter.id}-indu", "/documents"),
        ("/documents/999999", "/documents"),
        ("/rien-ici", ""),
    ):
        header = (await browser.get(path)).text.partition("<header>")[2].partition("</header>")[0]
        marked = ["".join(one) for one in here.findall(header)]
        assert [f'href="{entry}"' in one for one in marked] == [True] * bool(entry), path


async def test_a_list_takes_the_place_of_what_waits(browser: httpx.AsyncClient) -> None:
    _published(21)
    first = (await browser.get("/experiences")).text
    assert "Un instant" not in first and first.count("<article") == 20
    (following,) = re.findall(r'href="(/experiences\?apres=[^"]+)"', first)
    answer = await browser.get(following.replace("&amp;", "&"))
    assert answer.text.count("<article") == 1 and "Au début" in answer.text
    assert answer.headers["x-robots-tag"] == "noindex, follow"
    assert (await browser.get("/")).text.count("<article") == 3


async def test_nothing_to_read_is_said(browser: httpx.AsyncClient) -> None:
    assert "Aucune expérience ici" in (await browser.get("/experiences")).text
    assert "encore publiée" in (await browser.get("/")).text


async def test_what_is_not_published_is_not_painted(browser: httpx.AsyncClient) -> None:
    with unit_of_work() as session:
        office = factories.tree(session).office
        row = factories.sent(session, factories.visitor(), office)
    answer = await browser.get(_address(row))
    assert answer.status_code == 404 and factories.STORY["title"] not in answer.text
    assert factories.STORY["title"] not in (await browser.get("/experiences")).text


@pytest.mark.parametrize(
    ("path", "words"),
    [("/experiences/999-x", "pas publiée"), ("/rien", "Cette page"), ("/a/b/c", "Cette page")],
)
async def test_what_does_not_exist_is_a_404_that_reads(
    browser: httpx.AsyncClient, path: str, words: str
) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 404
    assert words in answer.text and "Haut" in answer.text
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "canonical" not in answer.text


@pytest.mark.parametrize("ident", ["0", "-1", "x", "1e3", "9" * 40, "１", "%00", "1;drop"])
async def test_an_address_that_is_none_is_not_found(browser: httpx.AsyncClient, ident: str) -> None:
    assert (await browser.get(f"/experiences/{ident}")).status_code == 404


async def test_an_address_inside_is_left_alone(browser: httpx.AsyncClient) -> None:
    """Private pages and files pass as they are."""
    private = await browser.get("/suivi")
    assert private.status_code == 200 and private.text == painting.FALLBACK
    missing = await browser.get("/data.json")
    assert (missing.status_code, missing.text) == (404, "rien")
    assert (await browser.get("/x.png")).text == painting.FALLBACK


# Addresses


@pytest.mark.parametrize("shape", ["{id}", "{id}-", "{id}-un-ancien-titre", "{id}-{slug}/"])
async def test_another_slug_leads_to_the_address(browser: httpx.AsyncClient, shape: str) -> None:
    (row,) = _published()
    answer = await browser.get(f"/experiences/{shape.format(id=row.id, slug=row.slug)}")
    assert answer.status_code == 301
    assert answer.headers["location"].endswith(_address(row))


async def test_a_slash_at_the_end_is_dropped_and_the_question_kept(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.get("/experiences/?apres=x&y=%C3%A9")
    assert (answer.status_code, answer.headers["location"]) == (
        301,
        "/experiences?apres=x&y=%C3%A9",
    )
    # Many slashes make no address of another site.
    assert (await browser.get("//experiences//")).headers.get("location", "/") == "/"


# The head


async def test_the_head_tells_previews_and_robots(browser: httpx.AsyncClient) -> None:
    (row,) = _published()
    text = (await browser.get(_address(row))).text
    url = f"http://localhost:3000{_address(row)}"
    assert f"<title>{factories.STORY['title']} – Services Publics +</title>" in text
    assert f'<link rel="canonical" href="{url}"' in text
    assert f'<meta property="og:url" content="{url}"' in text
    assert '<meta property="og:type" content="article"' in text
    assert f'name="description" content="{factories.NARRATIVE}"' in text
    for page in ("/", "/experiences", "/mentions-legales"):
        head = (await browser.get(page)).text.split("</head>")[0]
        assert head.count("<title>") == head.count('name="description"') == 1
        assert head.count('rel="canonical"') == head.count('property="og:title"') == 1
        assert f'href="http://localhost:3000{page}"' in head and "Une phrase." in head


async def test_linked_data_only_on_an_official_site(
    house: pytest.MonkeyPatch, browser: httpx.AsyncClient
) -> None:
    (row,) = _published(title="</script><script>alert(1)</script>")
    assert "ld+json" not in (await browser.get(_address(row))).text
    house.setenv("OFFICIAL", "true")
    settings.cache_clear()
    text = (await browser.get(_address(row))).text
    (found,) = re.findall(
        r'<script type="application/ld\+json"[^>]*>(.*?)</script>', text, re.DOTALL
    )
    facts = json.loads(found)
    assert facts["headline"] == row.title
    assert facts["author"]["name"] == "Camille" and facts["comment"] == []


# The answer


@pytest.mark.parametrize("accepted", ["identity", "gzip", "br, gzip;q=0.5"])
async def test_what_did_not_change_is_not_sent_again(
    browser: httpx.AsyncClient, accepted: str
) -> None:
    rows = _published()
    sent = {"accept-encoding": accepted}
    for path in ("/experiences", _address(rows[0])):
        first = await browser.get(path, headers=sent)
        etag = first.headers["etag"]
        assert first.headers.get("content-encoding", "identity") in accepted
        assert "accept-encoding" in first.headers["vary"]
        assert re.fullmatch(r'"[0-9a-f]{32}(-gzip)?"', etag)
        for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
            again = await browser.get(path, headers={**sent, "if-none-match": known})
            assert again.status_code == 304 and not again.content
            assert again.headers["etag"] == etag
        assert (
            await browser.get(path, headers={**sent, "if-none-match": '"x"'})
        ).status_code == 200
    with unit_of_work() as session:
        office = session.query(StructureRow).filter_by(code="OFFICE").one()
        with clock.at(clock.now() + timedelta(seconds=1)):
            factories.published(session, factories.visitor(), office, title="Un autre titre")
    known = (await browser.get("/experiences", headers=sent)).headers["etag"]
    assert known != etag


async def test_each_encoding_has_its_validator(browser: httpx.AsyncClient) -> None:
    plain = await browser.get("/", headers={"accept-encoding": "identity"})
    packed = await browser.get("/", headers={"accept-encoding": "gzip"})
    refused = await browser.get("/", headers={"accept-encoding": "gzip;q=0"})
    assert plain.text == packed.text == refused.text
    assert plain.headers["etag"] == refused.headers["etag"] != packed.headers["etag"]


async def test_head_says_what_get_would(browser: httpx.AsyncClient) -> None:
    got, head = await browser.get("/experiences"), await browser.head("/experiences")
    assert not head.content
    for name in ("etag", "content-type", "content-length", "content-security-policy"):
        assert head.headers[name] == got.headers[name]


async def test_a_painter_that_fails_breaks_nothing(
    house: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_session: object, _ask: Ask) -> Paint:
        raise RuntimeError("secret words")

    house.setitem(registry.PAINTERS, "/experiences", broken)
    house.setitem(registry.PAINTERS, "/experiences/[ident]", broken)
    async with painting.reader(painting.build(tmp_path / "html")) as browser:
        for path, words in (("/experiences", "Un instant"), ("/experiences/12", "y()")):
            answer = await browser.get(path)
            assert answer.status_code == 200 and words in answer.text
    lines = [one for one in caplog.records if one.message == "first paint failed"]
    assert [one.__dict__["facts"]["page"] for one in lines] == [
        "/experiences",
        "/experiences/[ident]",
    ]
    assert "secret" not in caplog.text


async def test_without_a_build_what_lies_inside_answers(
    house: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with painting.reader(tmp_path / "nothing") as browser:
        assert (await browser.get("/experiences")).text == painting.FALLBACK


async def test_a_new_build_is_seen(house: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = painting.build(tmp_path / "html")
    async with painting.reader(folder) as browser:
        assert "Une phrase." in (await browser.get("/")).text
        page = folder / "index.html"
        page.write_text(page.read_text().replace("Une phrase.", "Une autre phrase."))
        assert "Une autre phrase." in (await browser.get("/")).text


# The sign-in pages


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/connexion?erreur=identifiants", "Vérifiez les deux"),
        ("/mot-de-passe-oublie?envoye=oui", "vient d’y partir"),
        ("/mot-de-passe-oublie?erreur=attente", "Trop d’essais"),
    ],
)
async def test_what_became_of_a_form_is_said(
    browser: httpx.AsyncClient, path: str, words: str
) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 200 and words in answer.text
    assert "canonical" not in answer.text
    plain = await browser.get(path.split("?")[0])
    assert words not in plain.text


# The pieces


@pytest.mark.parametrize("html", ["", "<p>", "<head></head>", "<body></body>"])
def test_what_is_no_built_page_is_refused(html: str) -> None:
    with pytest.raises(BadTemplate):
        cut(html)
    with pytest.raises(BadTemplate):
        frame(html)


def test_a_question_is_bounded() -> None:
    assert query_of(b"a=1&a=2&b=%E9&c=" + b"x" * 9000)["a"] == "1"
    assert len(query_of(b"c=" + b"x" * 9000)["c"]) == 500
    assert query_of(b"&".join(b"a%d=1" % n for n in range(200))) == {}


def test_every_painted_page_is_one_of_the_table() -> None:
    from spplus_app.routes import ROUTES, public_paths

    paths = {route.path: route for route in ROUTES}
    assert set(registry.PAINTERS) <= set(public_paths())
    for path in public_paths():
        assert not paths[path].private and registry.Pages.of(public_paths()).find(path)
    assert all(paths[path].private for path in registry.OWN)


def test_what_an_import_does_not_know_leaves_nothing_empty() -> None:
    channel, nobody = TagView("Accueil", ""), {"politeness": "", "signature": ""}
    reply = ReplyView(1, "Caf", ["Merci."], **nobody, date=UNDATED, iso="", took="", rating="")
    view = ExperienceView(
        title="Un titre",
        paragraphs=["Un texte."],
        ressenti="Positif",
        posted_as="La personne concernée",
        date="2 mars 2026",
        iso="2026-03-02",
        services=[ServiceView(name="Caf", channels=[channel])],
        replies=[reply],
    )
    html = str(shown.whole(view))
    assert UNDATED in html
    empty = r"""<(p|span|time|li)(?! id="adresse")[^>]*>(?:<br>|<span></span>)*</\1>"""
    assert re.findall(empty, html) == []


def test_each_slot_of_a_page_is_painted_and_what_stands_between_is_left() -> None:
    page = cut(
        f"<html><head><title>T</title></head><body><p>a</p>{BEGIN}un instant{END}<p>b</p>"
        f"{BEGIN}encore{END}<p>c</p></body></html>"
    )
    painted = Paint(body=htpy.b["<1>"], more=(htpy.i["2"],))
    assert b"<p>a</p><b>&lt;1&gt;</b><p>b</p><i>2</i><p>c</p></body>" in page.fill(painted)
    assert b"<p>a</p>un instant<p>b</p>encore<p>c</p></body>" in page.fill(Paint())
