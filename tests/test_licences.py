"""Every package that is installed with this one is listed with its licence."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from support.licences import FILE, LOCK, UNKNOWN, licence_of, list_licences, pinned

LISTED = {
    name: (version, licence)
    for name, version, licence in re.findall(
        r"^\| ([a-z][\w.-]+) \| (\S+) \| (.+) \|$", FILE.read_text(encoding="utf-8"), re.MULTILINE
    )
}
LOCKED = pinned(LOCK.read_text(encoding="utf-8"))


class Package(Distribution):
    """One that tells what it is given."""

    def __init__(self, told: str, file: str = "") -> None:
        self._told = {"METADATA": told + "\n", "licenses/LICENSE": file}

    def read_text(self, filename: str) -> str | None:
        return self._told.get(filename)

    def locate_file(self, path: object) -> Path:
        return Path(str(path))


def test_the_list_is_that_of_the_lock_file() -> None:
    """`make licences` writes it anew."""
    assert {name: version for name, (version, _) in LISTED.items()} == LOCKED
    assert len(LOCKED) > 100


@pytest.mark.parametrize("name", LOCKED)
def test_the_licence_is_what_the_package_tells(name: str) -> None:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        pytest.skip("not installed here")
    version, licence = LISTED[name]
    if found.version.partition("+")[0] == version:
        assert licence == licence_of(found)
    assert licence != UNKNOWN


@pytest.mark.parametrize(
    ("told", "licence"),
    [
        ("License-Expression: MIT\nLicense: other", "MIT"),
        ("License: BSD-3-Clause", "BSD-3-Clause"),
        (f"License: {'Permission is granted ' * 9}\nClassifier: License :: OSI Approved :: MIT License", "MIT License"),
        ("Classifier: License :: OSI Approved\nClassifier: License :: OSI Approved :: Apache", "Apache"),
        ("Classifier: Topic :: Text", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_a_licence_is_read_where_a_package_tells_it(told: str, licence: str) -> None:
    assert licence_of(Package(told)) == licence


def test_where_it_tells_none_its_file_does() -> None:
    assert licence_of(Package("License-File: LICENSE", "\nMIT License\n\nCopyright")) == "MIT License"


def test_what_is_pinned_is_read_with_and_without_hashes() -> None:
    lock = "a-b==1.0\n    # via c\nc==2.0+cpu \\\n    --hash=sha256:00\n# d==3\ne==4 ; python_version > '3'\n"
    assert pinned(lock) == {"a-b": "1.0", "c": "2.0+cpu", "e": "4"}


def test_a_package_that_is_not_installed_is_no_line() -> None:
    with pytest.raises(PackageNotFoundError):
        list_licences("no-such-package==1\n")
