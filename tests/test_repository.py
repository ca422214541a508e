"""What the repository must never hold, and what its lists of dependencies must say."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Cut in two, so that this file does not hold what it looks for.
HOSTS = re.compile(
    "|".join(
        re.escape(left + right)
        for left, right in (
            ("registry.", "npmjs"),
            ("npm", "mirror"),
            ("pypi", ".org"),
            ("python", "hosted"),
            ("cdn.", "playwright"),
            ("proxy.", "golang"),
        )
    )
)
MACHINE_PATH = re.compile(r"(?<![\w.$}~*-])/(?:work|root|tmp|home|Users|private)/[\w.-]")
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-peers.txt")
PIN = re.compile(r"^([a-z0-9-]+)==([0-9][\w.]*)(?: ; [^\\]+)? \\$")


def test_make_soak_runs_every_test_that_has_a_full_count() -> None:
    counted = [
        name
        for name, text in texts().items()
        if re.search(r"^from tests\.soak\.report import .*\bfull\b", text, re.MULTILINE)
    ]
    assert counted
    assert [name for name in counted if "pytestmark = pytest.mark.soak" not in texts()[name]] == []


@cache
def texts() -> dict[str, str]:
    """Every tracked text file: its path from the root, its content."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = {}
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" not in content:
            found[name] = content.decode("utf-8")
    return found


def places(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands: file:line."""
    return [
        f"{name}:{number}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def pins(name: str) -> dict[str, str]:
    """The packages that a lock file pins, with their versions."""
    matches = map(PIN.match, (ROOT / name).read_text().splitlines())
    return {match[1]: match[2] for match in matches if match}


def asked(name: str) -> set[str]:
    """The packages that an .in file asks for, in the spelling of the lock files."""
    lines = (line.strip() for line in (ROOT / name).read_text().splitlines())
    names = (re.split(r"[\[=<>!~ ]", line)[0] for line in lines if line and line[0] not in "#-")
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def test_no_file_names_a_package_registry() -> None:
    assert places(HOSTS) == [], "name the package, not the place it is downloaded from"


def test_no_file_names_a_path_of_one_machine() -> None:
    assert places(MACHINE_PATH) == [], "use a path from the root of the project, or tmp_path"


def test_no_commit_message_names_a_registry_or_a_path() -> None:
    done = subprocess.run(
        ["git", "log", "--format=%h %B"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    wrong = [
        line for line in done.stdout.splitlines() if HOSTS.search(line) or MACHINE_PATH.search(line)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_dependency_is_pinned_with_its_hashes(name: str) -> None:
    lines = [line for line in (ROOT / name).read_text().splitlines() if line[:1] not in {"#", ""}]
    wanting = ""
    for line in lines:
        if line[0] != " ":
            assert PIN.match(line), f"not a pin, or no hash follows: {line}"
            assert wanting == "", f"no hash for {wanting}"
            wanting = line
        elif re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", line):
            wanting = ""
        else:
            assert line.startswith("    #"), f"neither a hash nor a remark: {line}"
    assert wanting == ""


def test_tests_run_with_the_versions_that_serve() -> None:
    served, tested, beside = (pins(name) for name in LOCKS)
    assert served.items() <= tested.items()
    shared = tested.keys() & beside.keys()
    assert {name: beside[name] for name in shared} == {name: tested[name] for name in shared}


def test_the_lists_and_the_locks_agree() -> None:
    for name in LOCKS:
        assert asked(name.replace(".txt", ".in")) <= set(pins(name))


def test_every_chosen_dependency_has_its_reason_written_down() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text()
    rows = re.findall(r"^\| ([A-Za-z0-9-]+) \|", text, flags=re.MULTILINE)
    written = {row.lower() for row in rows} - {"package"}
    assert written == {one for name in LOCKS for one in asked(name.replace(".txt", ".in"))}


def test_browser_packages_are_locked_with_their_sums() -> None:
    text = (ROOT / "reflex.lock" / "bun.lock").read_text()
    entries = re.findall(r'^    "[^"]+": \["([^"]+)", (.+)\],$', text, flags=re.MULTILINE)
    assert entries
    for package, rest in entries:
        assert rest.startswith('""'), f"{package} is tied to one download address"
        assert re.search(r'"sha512-[\w+/=]+"$', rest), f"{package} has no sum"
    package_json = json.loads((ROOT / "reflex.lock" / "package.json").read_text())
    wanted = package_json["dependencies"] | package_json["devDependencies"]
    loose = {n: v for n, v in wanted.items() if not re.fullmatch(r"v?\d+\.\d+\.\d+", v)}
    assert loose == {}, "a version must be exact"


def test_the_licence_is_the_one_announced() -> None:
    licence = (ROOT / "LICENSE").read_text()
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "15.Applicable Law" in licence
    assert 'license = "EUPL-1.2"' in (ROOT / "pyproject.toml").read_text()
