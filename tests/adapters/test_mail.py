"""Mail that leaves: files written whole, a real SMTP server, and servers that misbehave."""

from __future__ import annotations

import email
import socket
import ssl
import stat
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from spplus_app.adapters.mail import (
    EmlFolder,
    MailRefused,
    MailUnavailable,
    Smtp,
    address,
    build,
    mailer,
)
from spplus_app.adapters.mail import Envelope as Around
from tests.worker_tools import free_port, until

NOW = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)
TEXT = "Bonjour,\n\nVotre expérience est publiée « ici » 🙂.\n" + "long " * 400 + "\n.\nfin\n"


def _around(**more: Any) -> Around:
    values: dict[str, Any] = {
        "sender": "Services Publics + <ne-pas-repondre@exemple.fr>",
        "to": "jeanne@exemple.fr",
        "subject": "Votre expérience est publiée",
        "name": "12-abcdef",
        "domain": "exemple.fr",
        "date": NOW,
    }
    return Around(**(values | more))


def _message(**more: Any) -> EmailMessage:
    return build(_around(**more), TEXT, "<p>Votre expérience</p>")


def test_a_message_is_the_same_each_time_and_reads_back() -> None:
    assert _message().as_bytes() == _message().as_bytes()
    read = email.message_from_bytes(_message().as_bytes(), policy=default)
    assert read["Subject"] == "Votre expérience est publiée"
    assert read["Message-ID"] == "<12-abcdef@exemple.fr>"
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Date"].datetime == NOW
    text, html = (read.get_body((kind,)) for kind in ("plain", "html"))
    assert text and html
    assert text.get_content().replace("\r\n", "\n") == TEXT
    assert "Votre expérience" in html.get_content()
    assert max(len(line) for line in _message().as_bytes().split(b"\r\n")) <= 998


@pytest.mark.parametrize(
    "value",
    [
        "a@b.fr\r\nBcc: x@y.fr",
        "a@b.fr\nBcc: x@y.fr",
        "a@b.fr, c@d.fr",
        "Nom <a@b.fr>",
        "a b@c.fr",
        '"a b"@c.fr',
        "a\x00@b.fr",
        "a@b.fr\u2028",
        "@b.fr",
        "",
        "a@b..fr",
        "é@b.fr",
        "a@" + "x" * 64 + ".fr",
    ],
)
def test_anything_but_one_plain_address_is_refused_for_good(value: str) -> None:
    with pytest.raises(MailRefused) as refusal:
        _message(to=value)
    assert refusal.value.word == "address"


def test_an_accented_domain_is_written_in_ascii() -> None:
    assert address("a@été.fr").addr_spec == "a@xn--t-9fab.fr"


@pytest.mark.parametrize("field", ["subject", "sender", "name"])
def test_no_header_can_be_injected(field: str) -> None:
    with pytest.raises(ValueError, match=r"linefeed|newline|Header|must not"):
        _message(**{field: "x\r\nBcc: victime@exemple.fr"})


def test_a_mail_written_twice_is_one_file_for_its_owner_only(tmp_path: Path) -> None:
    folder = EmlFolder(tmp_path / "var" / "mail")
    folder.send(_message(), "12-abcdef")
    # A writer killed half-way left this behind.
    (tmp_path / "var" / "mail" / ".12-abcdef.part").write_bytes(b"half" * 9999)
    folder.send(_message(), "12-abcdef")
    (path,) = (tmp_path / "var" / "mail").iterdir()
    assert path.name == "12-abcdef.eml"
    assert path.read_bytes() == _message().as_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file, not a folder")
    with pytest.raises(MailUnavailable, match="FileExistsError"):
        EmlFolder(tmp_path / "mail").send(_message(), "1")


def test_the_setting_chooses(tmp_path: Path) -> None:
    assert isinstance(mailer("", tmp_path), EmlFolder)
    assert isinstance(mailer("smtp://localhost", tmp_path), Smtp)


class _Box:
    """What a server received; answers as it is told to."""

    def __init__(self) -> None:
        self.received: list[Envelope] = []
        self.rcpt = self.data = "250 OK"
        self.tls: list[bool] = []

    async def handle_RCPT(
        self, _server: Server, _session: Session, envelope: Envelope, to: str, _options: Any
    ) -> str:
        if self.rcpt.startswith("2"):
            envelope.rcpt_tos.append(to)
        return self.rcpt

    async def handle_DATA(self, _server: Server, session: Session, envelope: Envelope) -> str:
        self.tls.append(session.ssl is not None)
        if self.data.startswith("2"):
            self.received.append(envelope)
        return self.data


Serve = Callable[..., tuple[_Box, int]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start a real SMTP server; returns what it receives and its port."""
    running: list[Controller] = []

    def start(**options: Any) -> tuple[_Box, int]:
        box = _Box()
        controller = Controller(box, hostname="127.0.0.1", port=free_port(), **options)
        controller.start()
        running.append(controller)
        return box, controller.port

    yield start
    for controller in running:
        controller.stop()


def test_a_real_server_receives_the_mail_to_the_byte(serve: Serve) -> None:
    box, port = serve()
    Smtp(f"smtp://127.0.0.1:{port}").send(_message(), "12-abcdef")
    (got,) = box.received
    assert got.rcpt_tos == ["jeanne@exemple.fr"]
    assert got.mail_from == "ne-pas-repondre@exemple.fr"
    assert got.original_content == _message().as_bytes()


@pytest.mark.parametrize("step", ["rcpt", "data"])
@pytest.mark.parametrize(
    ("answer", "kind"),
    [("451 try later", MailUnavailable), ("550 no such person", MailRefused)],
)
def test_what_the_server_answers_says_whether_to_try_again(
    serve: Serve, step: str, answer: str, kind: type[MailUnavailable]
) -> None:
    box, port = serve()
    setattr(box, step, answer)
    with pytest.raises(MailUnavailable) as refusal:
        Smtp(f"smtp://127.0.0.1:{port}").send(_message(), "1")
    assert type(refusal.value) is kind
    assert refusal.value.word == answer[:3]
    assert box.received == []


def test_a_server_that_is_down_is_tried_again() -> None:
    with pytest.raises(MailUnavailable) as refusal:
        Smtp(f"smtp://127.0.0.1:{free_port()}").send(_message(), "1")
    assert type(refusal.value) is MailUnavailable
    assert refusal.value.word == "ConnectionRefusedError"


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_server_that_says_nothing_does_not_hold_the_worker(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(MailUnavailable):
            Smtp(f"{scheme}://127.0.0.1:{port}", step_timeout=0.2).send(_message(), "1")
    until(lambda: not any(isinstance(one, threading.Timer) for one in threading.enumerate()), 20)


def test_a_server_that_drips_does_not_hold_the_worker() -> None:
    stop = threading.Event()

    def drip(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            # A letter now and then: each exchange is in time, the whole never ends.
            while not stop.wait(0.02):
                try:
                    connection.sendall(b"2")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=(server,))
        thread.start()
        try:
            port = server.getsockname()[1]
            with pytest.raises(MailUnavailable):
                Smtp(f"smtp://127.0.0.1:{port}", step_timeout=5, send_timeout=0.3).send(
                    _message(), "1"
                )
        finally:
            stop.set()
            thread.join(10)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A certificate the server signed itself."""
    folder = tmp_path_factory.mktemp("tls")
    key, crt = folder / "key.pem", folder / "crt.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    files = ["-subj", "/CN=relay", "-keyout", str(key), "-out", str(crt)]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(crt, key)
    return context


def _check(_server: Server, _session: Session, _envelope: Any, _kind: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and data.password == b"p@ss:word"
    return AuthResult(success=right, handled=right)


def test_starttls_and_a_password(serve: Serve, certificate: ssl.SSLContext) -> None:
    box, port = serve(tls_context=certificate, require_starttls=True, authenticator=_check)
    Smtp(f"smtp://user:p%40ss%3Aword@127.0.0.1:{port}").send(_message(), "1")
    assert box.tls == [True]
    with pytest.raises(MailUnavailable) as refusal:
        Smtp(f"smtp://user:wrong@127.0.0.1:{port}").send(_message(), "1")
    # A wrong password is the operator's to mend: the mail waits.
    assert type(refusal.value) is MailUnavailable
    assert refusal.value.word == "SMTPAuthenticationError 535"


def test_tls_from_the_first_byte(serve: Serve, certificate: ssl.SSLContext) -> None:
    box, port = serve(ssl_context=certificate)
    Smtp(f"smtps://127.0.0.1:{port}").send(_message(), "1")
    assert len(box.received) == 1


def _elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a name of another machine lead to this one."""
    known = socket.getaddrinfo

    def lookup(host: str, *more: Any, **options: Any) -> Any:
        return known("127.0.0.1" if host == "relais.exemple.fr" else host, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


def test_a_certificate_nobody_vouches_for_is_refused_elsewhere(
    serve: Serve, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    box, port = serve(tls_context=certificate)
    _elsewhere(monkeypatch)
    with pytest.raises(MailUnavailable) as refusal:
        Smtp(f"smtp://relais.exemple.fr:{port}").send(_message(), "1")
    assert refusal.value.word == "SSLCertVerificationError"
    assert box.received == []


def test_a_password_never_travels_in_clear(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    box, port = serve(authenticator=_check, auth_require_tls=False)
    _elsewhere(monkeypatch)
    with pytest.raises(MailUnavailable) as refusal:
        Smtp(f"smtp://user:p%40ss%3Aword@relais.exemple.fr:{port}").send(_message(), "1")
    assert refusal.value.word == "no TLS"
    assert box.received == []
