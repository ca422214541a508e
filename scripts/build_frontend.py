"""Build the site into .web/, unless what it is made from has not changed.

The values of states and the pages are compiled into public files, so the build sees no
secret and no data: an environment made from scratch, an empty database, an empty var/.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sys
import tempfile
import time
from pathlib import Path

from scripts import dsfr, patiently, same_origin
from spplus_app.settings import Settings, SettingsError, read

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = Path(sys.executable).parent
WEB = ROOT / ".web"
STAMP = WEB / "spplus-build.sha256"
RESULT = WEB / "build" / "client" / "index.html"

SOURCES = (
    *("spplus_app/**/*", "assets/**/*", "reflex.lock/*", "rxconfig.py", "requirements.txt"),
    *("scripts/dsfr*", "scripts/same_origin.py"),
)
# Rooms below the screens are compiled into nothing but their constants; all are counted, since
# a build of a few seconds costs less than a stale page. These alone cannot reach a page.
APART = ("spplus_app/supervisor/", "spplus_app/cli", "spplus_app/worker.py", "spplus_app/demo/")

# Settings that a built page depends on. Any other setting stays outside.
SETTINGS = (
    *("SPPLUS_GALLERY", "OFFICIAL", "THEME", "DSFR_DIR"),
    *("OPERATOR_NAME", "OPERATOR_ADDRESS", "PUBLICATION_DIRECTOR", "HOSTING"),
    *("CONTACT_EMAIL", "CONTACT_ADDRESS", "PRIVACY_CONTACT"),
)
# What the tools need to run and to reach the package registry.
TOOLS = (
    *("HOME", "LANG", "LC_ALL", "TMPDIR", "TERM", "NO_COLOR", "CI"),
    *("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "NPM_CONFIG_REGISTRY", "npm_config_registry"),
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"),
)


def fingerprint(root: Path = ROOT, package: Path | None = None) -> str:
    """The SHA-256 of everything the built site is made from.

    `package` is the operator's copy of the official design system, where it is used.
    """
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in root.glob(pattern)}):
        name = path.relative_to(root).as_posix()
        if path.is_file() and "__pycache__" not in name and not name.startswith(APART):
            digest.update(f"{name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    for name in SETTINGS:
        digest.update(f"{name}={os.environ.get(name)}\0".encode())
    if package is not None:
        digest.update("\0".join(dsfr.stamp(package)).encode())
    return digest.hexdigest()


def environment(folder: Path) -> dict[str, str]:
    """All that the build may know: tools, public settings, and the empty data of `folder`."""
    kept = {name: os.environ[name] for name in (*SETTINGS, *TOOLS) if name in os.environ}
    return kept | {
        # bun comes from the environment's own folder; there need not be any Node.
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "SPPLUS_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'empty.sqlite3'}",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_TELEMETRY_ENABLED": "false",
    }


def build(folder: Path) -> int:
    """Run the export with the data folder `folder`, which is empty; return its exit code."""
    command = [str(PROGRAMS / "reflex"), "export", "--frontend-only", "--no-zip"]
    with (folder / "log").open("w+") as log:
        code = patiently.run(command, cwd=ROOT, env=environment(folder), output=log)
        if code != 0 or not RESULT.is_file():
            log.seek(0)
            sys.stderr.write(log.read())
    return code


def finish(settings: Settings) -> str:
    """Complete what was built; return what is wrong, in words, or nothing."""
    client = RESULT.parent
    if same_origin.apply(client) != 1:
        return "L’adresse du serveur est introuvable dans le site construit."
    if settings.theme == "dsfr" and settings.dsfr_dir is not None:
        dsfr.apply(settings.dsfr_dir, ROOT / "assets", client)
    return ""


def make(settings: Settings) -> int:
    """Build the site, whatever stands there; return the exit code."""
    with tempfile.TemporaryDirectory(prefix="spplus-build-") as folder:
        code = build(Path(folder))
    if code != 0 or not RESULT.is_file():
        sys.stderr.write("La construction du site a échoué : voyez les lignes ci-dessus.\n")
        return code or 1
    wrong = finish(settings)
    if wrong:
        sys.stderr.write(f"{wrong}\n")
    return 1 if wrong else 0


def main() -> int:
    # The tool empties .web/: the lock of a build stands elsewhere, or two would run at once.
    name = hashlib.sha256(str(ROOT).encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"spplus-build-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return build_if_changed()


def build_if_changed() -> int:
    """Build, unless what the site is made from has not changed; return the exit code."""
    try:
        settings = read()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    package = settings.dsfr_dir if settings.theme == "dsfr" else None
    if RESULT.is_file() and STAMP.is_file() and STAMP.read_text() == fingerprint(package=package):
        print("· Site déjà construit")
        return 0
    print("· Construction du site (une minute au plus)", flush=True)
    STAMP.unlink(missing_ok=True)
    started = time.monotonic()
    code = make(settings)
    if code == 0:
        # Reflex completes reflex.lock/ when a page asks for a new package: count it as built.
        STAMP.write_text(fingerprint(package=package))
        print(f"· Site construit en {time.monotonic() - started:.0f} s")
    return code


if __name__ == "__main__":
    sys.exit(main())
