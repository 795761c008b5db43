"""The files with which the bot is put on a server: what they name is there; no root, and no writing at will."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
import yaml  # type: ignore[import-untyped]  # of langchain-core; for the tests alone

from bot.settings import Settings
from bot.web.metrics import Metrics
from bot.web.operations import build_operations
from index.settings import known_names

DEPLOY = Path("deploy")
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]


def test_every_setting_is_one_that_there_is() -> None:
    named = {
        name for service in SERVICES.values() for name in service.get("environment", {}) if name.startswith("BOT_")
    }
    named |= set(re.findall(r"\b(BOT_[A-Z_]+)=", DOCKERFILE))
    assert named
    assert named <= known_names(Settings)


def test_what_is_copied_is_there() -> None:
    first_stage = DOCKERFILE.partition("FROM")[2].partition("FROM")[0]
    copied = [word for line in re.findall(r"^COPY (.+)$", first_stage, re.MULTILINE) for word in line.split()[:-1]]
    assert copied
    assert all(Path(name).exists() for name in copied)
    kept = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert all(f"!{name}" in kept for name in copied)


def test_the_image_has_the_python_and_the_readers_of_the_project() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert all(version == "3.11" for version in re.findall(r"FROM python:([\d.]+)-", DOCKERFILE))
    assert project["requires-python"] == ">=3.11"
    extras = re.search(r"\.\[([a-z,]+)\]", DOCKERFILE)
    assert extras
    assert set(extras[1].split(",")) == project["optional-dependencies"].keys() - {"dev"}


def test_the_server_is_no_root_and_writes_only_where_its_state_is() -> None:
    user = re.search(r"^USER (\w+)$", DOCKERFILE, re.MULTILINE)
    assert user
    assert user[1] != "root"
    bot = SERVICES["bot"]
    assert bot["read_only"]
    assert bot["cap_drop"] == ["ALL"]
    assert [volume.partition(":")[2] for volume in bot["volumes"]] == ["/srv/yakgwan/data", "/srv/yakgwan/var"]


def test_what_holds_the_password_is_not_kept_with_the_project() -> None:
    assert ".env" in Path(".gitignore").read_text(encoding="utf-8").split()


@pytest.mark.parametrize("service", SERVICES)
def test_only_the_proxy_is_open(service: str) -> None:
    assert ("ports" in SERVICES[service]) == (service == "proxy")


def test_the_clients_address_is_believed_of_the_proxy_alone() -> None:
    assert (
        SERVICES["proxy"]["networks"]["back"]["ipv4_address"] == SERVICES["bot"]["environment"]["FORWARDED_ALLOW_IPS"]
    )


def test_health_is_asked_of_a_route_that_there_is() -> None:
    path = re.search(r"http://127\.0\.0\.1:7860(/\w+)", DOCKERFILE)
    assert path
    routes = build_operations(Mock(), str, Metrics({})).routes
    assert path[1] in {getattr(route, "path", "") for route in routes}
