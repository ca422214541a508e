"""Signing in and out, and choosing another password: plain HTTP forms.

A form gets a redirect, a script gets JSON. The password is verified between two transactions, so
that no computation holds the database.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..domain.errors import DomainError, Invalid, NotFound, Refused, TooMany
from ..domain.passwords import PASSWORD_MAX
from ..domain.roles import Viewer
from ..persistence import reading, unit_of_work
from ..services import identity, password_reset, tokens
from ..settings import settings
from ..states.account import internal
from ..states.session import home_of
from . import cookies
from .answers import (
    BadBody,
    fields_of,
    is_fetch,
    json_error,
    private_header,
    see_other,
)
from .sockets import close_sockets


class _Form(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class _SignIn(_Form):
    email: str = Field(max_length=254)
    password: str = Field(max_length=PASSWORD_MAX)
    next: str = Field(default="", max_length=500)


class _Forgotten(_Form):
    email: str = Field(max_length=254)


class _NewPassword(_Form):
    password: str = Field(max_length=4_000)


class _Nothing(_Form):
    pass


async def _parsed(request: Request, model: type[_Form]) -> Any:
    try:
        return model.model_validate(await fields_of(request))
    except ValidationError:
        raise BadBody(422) from None


def _wrong(request: Request, error: DomainError, page: str, code: str) -> Response:
    """A refusal: its sentence for a script, a code in the address for a plain form."""
    if is_fetch(request):
        return json_error(error)
    sep = "&" if "?" in page else "?"
    return see_other(f"{page}{sep}erreur={code}")


def _done(
    request: Request, where: str, *, over: tuple[str, ...] = (), set_cookie: str = ""
) -> Response:
    """The way on; then the sockets of ``over`` are closed, and come back with the new cookie."""
    made: Response = (
        JSONResponse({"ok": True, "next": where}) if is_fetch(request) else see_other(where)
    )
    if set_cookie:
        made.headers.append("set-cookie", set_cookie)
    if over:
        made.background = BackgroundTask(close_sockets, *over)
    return made


async def _sign_in(request: Request) -> Response:
    """Sign in; the session before, if there was one, is over."""
    try:
        form = await _parsed(request, _SignIn)
    except BadBody as error:
        return _wrong(request, error, "/connexion", "formulaire")
    header = private_header(request)
    following = internal(form.next)
    page = f"/connexion?suite={quote(following, safe='/')}" if following else "/connexion"

    def work() -> tuple[identity.SignedIn | identity.NotSignedIn, str]:
        try:
            with unit_of_work() as session:
                attempt = identity.begin_sign_in(session, form.email, header.address)
        except TooMany as error:
            return identity.NotSignedIn(error.message, too_many=True), ""
        if not identity.verify(attempt, form.password):
            return identity.NotSignedIn(identity.WRONG), ""
        with unit_of_work() as session:
            done = identity.finish_sign_in(session, attempt, form.password, header.session)
            if isinstance(done, identity.NotSignedIn):
                return done, ""
            viewer = identity.viewer_for(session, tokens.hash_token(done.token), header.visitor)
            return done, home_of(viewer)

    outcome, home = await run_in_threadpool(work)
    if isinstance(outcome, identity.NotSignedIn):
        if outcome.too_many:
            return _wrong(request, TooMany(outcome.message), page, "attente")
        return _wrong(request, Refused(outcome.message), page, "identifiants")
    cookie = cookies.written(cookies.SESSION, outcome.token, https=settings().https)
    over = (header.session, header.visitor)
    return _done(request, following or home, over=over, set_cookie=cookie)


async def _sign_out(request: Request) -> Response:
    """Sign out. Only the cache is cleared: ``"storage"`` would erase a citizen's own drafts."""
    try:
        await _parsed(request, _Nothing)
    except BadBody as error:
        return _wrong(request, error, "/", "formulaire")
    header = private_header(request)

    def work() -> None:
        with unit_of_work() as session:
            identity.sign_out(session, header.session)

    await run_in_threadpool(work)
    cookie = cookies.dropped(cookies.SESSION, https=settings().https)
    made = _done(request, "/", over=(header.session,), set_cookie=cookie)
    made.headers["clear-site-data"] = '"cache"'
    return made


async def _forgotten(request: Request) -> Response:
    """Ask for a reset mail; the answer says nothing of whether the account exists."""
    page = "/mot-de-passe-oublie"
    try:
        form = await _parsed(request, _Forgotten)
    except BadBody as error:
        return _wrong(request, error, page, "formulaire")
    header = private_header(request)
    viewer = Viewer(visitor=header.visitor, block=header.block)

    def work() -> None:
        with unit_of_work() as session:
            password_reset.ask_reset(session, form.email, header.address, viewer)

    try:
        await run_in_threadpool(work)
    except TooMany as error:
        return _wrong(request, error, page, "attente")
    return _done(request, f"{page}?envoye=oui")


async def _open_reset(request: Request) -> Response:
    """Take the secret of a reset link out of the address, into a cookie; opening twice is once."""
    token = str(request.path_params["token"])

    def holds() -> bool:
        with reading() as session:
            return password_reset.holds(session, token)

    if not await run_in_threadpool(holds):
        return see_other("/nouveau-mot-de-passe?erreur=lien")
    made = see_other("/nouveau-mot-de-passe")
    cookie = cookies.written(
        cookies.RESET, token, https=settings().https, seconds=cookies.RESET_SECONDS
    )
    made.headers.append("set-cookie", cookie)
    return made


async def _new_password(request: Request) -> Response:
    """Choose another password with the link that was opened; every session is over."""
    page = "/nouveau-mot-de-passe"
    try:
        form = await _parsed(request, _NewPassword)
    except BadBody as error:
        return _wrong(request, error, page, "formulaire")
    token = request.scope["spplus.reset"]

    def work() -> password_reset.Changed:
        with unit_of_work() as session:
            return password_reset.reset_password(session, token, form.password)

    try:
        changed = await run_in_threadpool(work)
    except NotFound as error:
        return _wrong(request, error, page, "lien")
    except Invalid as error:
        return _wrong(request, error, page, "mot-de-passe")
    cookie = cookies.dropped(cookies.RESET, https=settings().https)
    return _done(request, "/connexion", over=changed.session_hashes, set_cookie=cookie)


routes = [
    Route("/auth/connexion", _sign_in, methods=["POST"]),
    Route("/auth/deconnexion", _sign_out, methods=["POST"]),
    Route("/auth/mot-de-passe-oublie", _forgotten, methods=["POST"]),
    Route("/auth/mot-de-passe", _new_password, methods=["POST"]),
    Route("/mot-de-passe/{token:follow_token}", _open_reset, methods=["GET", "HEAD"]),
]
