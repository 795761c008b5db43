"""`GET /api/docs`: the OpenAPI document as a page that can be read, with a request to copy for each operation."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from bot.web.templating import STATIC, render

if TYPE_CHECKING:
    from typing import Any

STYLE = (STATIC / "api.css").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of a body: ``place`` is 주소, 질의 or 본문."""

    name: str
    place: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """What the page shows of one operation. ``examples``: media type and text; ``responses``: status and meaning."""

    method: str
    path: str
    summary: str
    description: str
    fields: list[Field]
    curl: str
    examples: list[tuple[str, str]]
    responses: list[tuple[str, str]]


def api_page(document: dict[str, Any], base: str) -> str:
    """The page of an OpenAPI document; ``base``: the address of this server, for the requests to copy."""
    operations = [
        _operation(document, base, path, method, entry)
        for path, methods in document["paths"].items()
        for method, entry in methods.items()
    ]
    info = document["info"]
    return render(
        "api.html", title=info["title"], description=info.get("description", ""), operations=operations, style=STYLE
    )


def _operation(document: dict[str, Any], base: str, path: str, method: str, entry: dict[str, Any]) -> Operation:
    body = _schema(document, entry.get("requestBody", {}).get("content", {}).get("application/json", {}))
    places = {"path": "주소", "query": "질의"}
    parameters = entry.get("parameters", [])
    fields = [Field(p["name"], places[p["in"]], p["required"], p.get("description", "")) for p in parameters]
    fields += [
        Field(name, "본문", name in body.get("required", ()), shape.get("description", ""))
        for name, shape in body.get("properties", {}).items()
    ]
    answer = entry["responses"]["200"]["content"]
    return Operation(
        method=method.upper(),
        path=path,
        summary=entry["summary"],
        description=entry["description"],
        fields=fields,
        curl=_curl(base, path, parameters, body),
        examples=[(kind, _shown(_example(document, media))) for kind, media in answer.items()],
        responses=[(status, response["description"]) for status, response in entry["responses"].items()],
    )


def _curl(base: str, path: str, parameters: list[dict[str, Any]], body: dict[str, Any]) -> str:
    """A request with the examples of all parameters and of the body, safe to paste into a shell."""
    values = {(p["in"], p["name"]): str(p["schema"]["examples"][0]) for p in parameters}
    for (place, name), value in values.items():
        if place == "path":
            path = path.replace(f"{{{name}}}", quote(value))
    query = urlencode({name: value for (place, name), value in values.items() if place == "query"})
    lines = [f"curl {shlex.quote(f'{base}{path}?{query}' if query else f'{base}{path}')}"]
    if body:
        lines.append("-H 'Content-Type: application/json'")
        lines.append(f"-d {shlex.quote(json.dumps(_ordered(body), ensure_ascii=False))}")
    return " \\\n  ".join(lines)


def _schema(document: dict[str, Any], media: dict[str, Any]) -> dict[str, Any]:
    name = media.get("schema", {}).get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = document["components"]["schemas"][name] if name else {}
    return found


def _example(document: dict[str, Any], media: dict[str, Any]) -> object:
    return media["example"] if "example" in media else _ordered(_schema(document, media))


def _ordered(schema: dict[str, Any]) -> dict[str, Any]:
    """The example of a schema in the order of its fields; the document has it in the order of the alphabet."""
    example = schema["examples"][0]
    return {name: example[name] for name in schema["properties"] if name in example}


def _shown(example: object) -> str:
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=2)
