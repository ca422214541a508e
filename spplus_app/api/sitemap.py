"""What engines are told: which pages there are, and which to leave alone.

Nothing is listed by a demonstration: its pages ask not to be kept (`X-Robots-Tag`), which a robot
must be allowed to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ..persistence import reading
from ..services import sitemap
from ..services.sitemap import Address
from ..settings import settings

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_PAGES = "/sitemap/pages.xml"
_CLOSED = (
    "/api/",
    "/auth/",
    "/espace/",
    "/suivi",
    "/signaler",
    "/mot-de-passe",
    *("/documents/verifier", "/documents/suivi"),
)


def _xml(text: str) -> Response:
    return Response(_XML + text, media_type="application/xml")


def _listed(addresses: Iterable[Address]) -> Response:
    base = settings().public_url
    rows = (
        f"<url><loc>{escape(base + one.path)}</loc>"
        f"{f'<lastmod>{one.day}</lastmod>' if one.day else ''}</url>"
        for one in addresses
    )
    return _xml(f"<urlset {_NAMESPACE}>{''.join(rows)}</urlset>")


async def _index(_request: Request) -> Response:
    """The list of the files: the pages of the site, then what is published, the newest first."""
    if settings().demo:
        return _listed(())

    def work() -> list[str]:
        with reading() as session:
            return [
                f"/sitemap/{what}-{number}.xml"
                for what in sitemap.TABLES
                for number in sitemap.files(session, what)
            ]

    base = settings().public_url
    names = [_PAGES, *await run_in_threadpool(work)]
    rows = (f"<sitemap><loc>{escape(base + name)}</loc></sitemap>" for name in names)
    return _xml(f"<sitemapindex {_NAMESPACE}>{''.join(rows)}</sitemapindex>")


async def _pages(request: Request) -> Response:
    """The public pages whose address is fixed."""
    public: tuple[str, ...] = request.scope["spplus.public"]
    fixed = (Address(path) for path in public if "[" not in path)
    return _listed(() if settings().demo else fixed)


async def _published(request: Request) -> Response:
    """One file of experiences, or of documents."""
    what, number = str(request.path_params["what"]), int(request.path_params["file"])
    if what not in sitemap.TABLES:
        return PlainTextResponse("", 404)
    if settings().demo:
        return _listed(())

    def work() -> list[Address]:
        with reading() as session:
            return sitemap.addresses(session, what, number)

    return _listed(await run_in_threadpool(work))


async def _robots(_request: Request) -> Response:
    """Which addresses are worth no visit; private pages say so themselves too."""
    if settings().demo:
        return PlainTextResponse("User-agent: *\nDisallow:\n")
    closed = "".join(f"Disallow: {path}\n" for path in _CLOSED)
    where = f"Sitemap: {settings().public_url}/sitemap.xml"
    return PlainTextResponse(f"User-agent: *\n{closed}\n{where}\n")


routes = [
    Route("/robots.txt", _robots),
    Route("/sitemap.xml", _index),
    Route(_PAGES, _pages),
    Route("/sitemap/{what}-{file:int}.xml", _published),
]
