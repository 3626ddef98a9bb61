"""/api/<service>/docs: the service's API for people, drawn from its OpenAPI document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, render_template
from flask_smorest import Api

VERBS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """One verb on one path."""

    verb: str
    path: str
    summary: str
    parameters: list[Mapping[str, Any]]
    body: str | None
    """The name of the schema that is sent, if one is."""
    replies: list[tuple[str, str, str | None]]
    """Status, words, and the name of the schema that comes."""


def install(app: Flask, api: Api, *, service: str) -> None:
    """Show the document beside where it is served as JSON."""

    def show_api_docs() -> str:
        document = api.spec.to_dict()
        return render_template(
            "layout/api_docs.html",
            service=service,
            json_url=f"/api/{service}/openapi.json",
            notes=notes_of(document),
            operations=list(operations_of(document)),
            schemas=schemas_of(document),
        )

    app.add_url_rule(f"/api/{service}/docs", "show_api_docs", show_api_docs)


def notes_of(document: Mapping[str, Any]) -> list[str]:
    """Return what the blueprints say of themselves, where it is more than a title."""
    said = [str(tag.get("description", "")) for tag in document.get("tags", [])]
    return [each for each in said if each.endswith(".")]


def operations_of(document: Mapping[str, Any]) -> Iterator[Operation]:
    """Give every operation of an OpenAPI document, in its order."""
    for path, item in document.get("paths", {}).items():
        for verb in VERBS:
            if verb in item:
                yield _operation(verb, path, item[verb], item.get("parameters", []))


def schemas_of(document: Mapping[str, Any]) -> dict[str, list[tuple[str, str, bool]]]:
    """Return (field, kind, required) of every schema that people may want to look up."""
    schemas = document.get("components", {}).get("schemas", {})
    return {name: _fields(schema) for name, schema in schemas.items() if "properties" in schema}


def _operation(
    verb: str, path: str, said: Mapping[str, Any], shared: list[Mapping[str, Any]]
) -> Operation:
    parameters = [p for p in [*shared, *said.get("parameters", [])] if "name" in p]
    replies = [
        (str(status), str(reply.get("description", "")), _content(reply))
        for status, reply in said.get("responses", {}).items()
        if status != "default"
    ]
    return Operation(
        verb=verb.upper(),
        path=path,
        summary=str(said.get("summary", "")),
        parameters=parameters,
        body=_content(said.get("requestBody", {})),
        replies=replies,
    )


def _content(part: Mapping[str, Any]) -> str | None:
    for kind in part.get("content", {}).values():
        return _kind(kind.get("schema", {}))
    return None


def _fields(schema: Mapping[str, Any]) -> list[tuple[str, str, bool]]:
    needed = schema.get("required", [])
    return [(n, _kind(each), n in needed) for n, each in schema["properties"].items()]


def _kind(schema: Mapping[str, Any]) -> str:
    """Return the schema in a word or two: its name, or its type."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for joined in ("anyOf", "allOf", "oneOf"):
        if joined in schema:
            return " | ".join(_kind(each) for each in schema[joined])
    kind = schema.get("type", "any")
    kind = " | ".join(kind) if isinstance(kind, list) else str(kind)
    if "items" in schema:
        return f"list of {_kind(schema['items'])}"
    return f"{kind} ({schema['format']})" if "format" in schema else kind
