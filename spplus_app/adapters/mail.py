"""Where mail goes: files under ``var/mail`` on a bare machine, or an SMTP server."""

from __future__ import annotations

import contextlib
import os
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

STEP_TIMEOUT = 10.0
"""Seconds for one exchange with the server."""
SEND_TIMEOUT = 45.0
"""Seconds for one mail in all: well under the claim of a job, even with a server that drips."""
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class MailUnavailable(Exception):
    """The mail could not leave now; ``word`` says why without naming anybody."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class MailRefused(MailUnavailable):
    """The address cannot be written, or the server refused it for good (5xx)."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What goes around the words; ``name`` is the same each time one mail is tried."""

    sender: str
    to: str
    subject: str
    name: str
    domain: str
    date: datetime


class Mailer(Protocol):
    """Something that takes a mail away, or raises `MailUnavailable`."""

    def send(self, message: EmailMessage, name: str) -> None:
        """Take this mail away; ``name`` is safe in a file name, and the same at each try."""


def mailer(smtp_url: str, folder: Path) -> Mailer:
    """Return the SMTP server of ``smtp_url``, or files in ``folder`` when it is empty."""
    return Smtp(smtp_url) if smtp_url else EmlFolder(folder)


def build(envelope: Envelope, text: str, html: str) -> EmailMessage:
    """Return the message, the same to the byte each time; raise `MailRefused` for a bad address.

    Header injection is impossible: addresses are parsed, and the policy refuses line breaks.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = envelope.sender
    message["To"] = address(envelope.to)
    message["Subject"] = envelope.subject
    message["Date"] = envelope.date
    message["Message-ID"] = f"<{envelope.name}@{envelope.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = "fr"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{envelope.name}")
    return message


def address(value: str) -> Address:
    """Return one plain address, its domain in ASCII; raise `MailRefused` for anything else."""
    try:
        parsed = Address(addr_spec=value)
        domain = parsed.domain.encode("idna").decode("ascii")
        refused = not parsed.username or not domain or any(char.isspace() for char in value)
        if refused or not value.isprintable():
            raise MailRefused("address")
        return Address(username=parsed.username, domain=domain)
    except (ValueError, IndexError, TypeError, AttributeError, HeaderParseError):
        # The parser of the library stumbles in several ways over what is not an address.
        raise MailRefused("address") from None


class EmlFolder:
    """Mail written as files, one a mail: the same mail sent twice is one file."""

    def __init__(self, path: Path) -> None:
        """``path`` is made at the first mail, for its owner only."""
        self._path = path

    def send(self, message: EmailMessage, name: str) -> None:
        """Write ``<name>.eml`` (0600), whole or not at all, on the disk when this returns."""
        try:
            self._path.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = self._path / f".{name}.part"
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as handle:
                os.fchmod(handle.fileno(), 0o600)
                handle.write(message.as_bytes())
                handle.flush()
                os.fsync(handle.fileno())
            part.replace(self._path / f"{name}.eml")
            folder = os.open(self._path, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            raise MailUnavailable(type(error).__name__) from error


class _Client(smtplib.SMTP):
    """A client whose whole life is bounded: a time-out by exchange does not bound their sum."""

    def __init__(self, host: str, port: int, step: float, whole: float, **more: Any) -> None:
        self._timer = threading.Timer(whole, self._cut)
        self._timer.daemon = True
        super().__init__(host, port, timeout=step, **more)

    def _cut(self) -> None:
        connected = self.sock
        if connected is not None:
            with contextlib.suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)

    def connect(self, *place: Any, **more: Any) -> tuple[int, bytes]:
        """Connect, and begin to count."""
        self._timer.start()
        try:
            return super().connect(*place, **more)
        except BaseException:
            self._timer.cancel()
            raise

    def close(self) -> None:
        """Hang up, and stop counting."""
        self._timer.cancel()
        super().close()


class _TlsClient(_Client, smtplib.SMTP_SSL):
    """The same, in TLS from the first byte."""


class Smtp:
    """An SMTP server: ``smtp://[user:password@]host[:port]`` or ``smtps://…``.

    TLS from the first byte with ``smtps``, else as soon as the server offers STARTTLS. The
    certificate is checked, but on the machine itself. A password never travels in clear to
    another machine.

    What remains: when this process is killed after the server took a mail and before the job is
    marked done, the mail leaves again, with the same Message-ID and the same bytes: servers and
    readers that know the first can drop the second. SMTP has no way to ask.
    """

    def __init__(
        self, url: str, step_timeout: float = STEP_TIMEOUT, send_timeout: float = SEND_TIMEOUT
    ) -> None:
        """``url`` was accepted by the settings; the delays are in seconds."""
        parts = urlsplit(url)
        self._tls = parts.scheme == "smtps"
        self._host = parts.hostname or "localhost"
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._port = parts.port or (465 if self._tls else 587 if self._user else 25)
        self._step_timeout, self._send_timeout = step_timeout, send_timeout

    def send(self, message: EmailMessage, name: str) -> None:
        """Give the mail to the server; raise `MailRefused` (for good) or `MailUnavailable`."""
        try:
            with self._connected() as client:
                self._secure(client)
                client.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise _for_good(max(codes, default=450)) from None
        except smtplib.SMTPDataError as error:
            raise _for_good(error.smtp_code) from None
        except smtplib.SMTPNotSupportedError as error:
            # The address needs SMTPUTF8 and this server does not speak it.
            raise MailRefused("SMTPUTF8") from error
        except smtplib.SMTPResponseException as error:
            # A password, a sender or a greeting refused: the operator's to mend, so tried again.
            raise MailUnavailable(f"{type(error).__name__} {error.smtp_code}") from None
        except (smtplib.SMTPException, OSError) as error:
            raise MailUnavailable(type(error).__name__) from None

    @contextlib.contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        bounds = (self._step_timeout, self._send_timeout)
        if self._tls:
            client: _Client = _TlsClient(self._host, self._port, *bounds, context=self._context())
        else:
            client = _Client(self._host, self._port, *bounds)
        try:
            yield client
            # The mail was taken: a server that hangs up without a word changes nothing to that.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                client.quit()
        finally:
            client.close()

    def _secure(self, client: smtplib.SMTP) -> None:
        client.ehlo_or_helo_if_needed()
        if not self._tls and client.has_extn("starttls"):
            client.starttls(context=self._context())
            client.ehlo()
        elif not self._tls and self._user and self._host not in _LOOPBACK:
            raise MailUnavailable("no TLS")
        if self._user:
            client.login(self._user, self._password)

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._host in _LOOPBACK:
            # A relay on the machine shows a certificate it signed itself.
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def _for_good(code: int) -> MailUnavailable:
    return MailRefused(str(code)) if 500 <= code < 600 else MailUnavailable(str(code))
