"""Discord's own OpenAPI file, held against every request body, answer and message.

The file allows unknown keys and numbers more than Discord does in places; `unknown_keys` adds the first, the routes
add the rest. Ids may be numbers in requests: Discord takes them, and discord.py sends them.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.servers.discord.world import JSON

_NAME = "urn:discord"
_MOST_KNOWN = 20_000
_SENT_ANYWAY = frozenset({"nsfw", "tts"})
"""Keys that the file lacks and discord.py always sends: of commands (documented), of edits through an interaction."""


class Spec:
    """The file; `None` checks nothing and finds nothing."""

    def __init__(self, path: Path | None) -> None:
        self._document: JSON | None = None if path is None else json.loads(path.read_text(encoding="utf-8"))
        if self._document is not None:
            _join_constants(self._document)
            self._answers = _Checker(self._document)
            self._requests = _Checker(_with_numeric_ids(self._document))

    @property
    def is_there(self) -> bool:
        return self._document is not None

    def check_request(self, method: str, route: str, body: Any) -> list[str]:
        """What is wrong with a JSON body."""
        pointer = f"/paths/{_escape(route)}/{method.lower()}/requestBody/content/application~1json/schema"
        if not self._has(pointer):
            return [] if self._document is None or body is None else [f"{method} {route} takes no body"]
        return [*self._requests.errors(pointer, body), *self._requests.unknown_keys(pointer, body)]

    def check_query(self, method: str, route: str, query: dict[str, str]) -> list[str]:
        """What is wrong with the parameters."""
        if self._document is None:
            return []
        operation = self._document["paths"][route][method.lower()]
        known = {told["name"]: told["schema"] for told in operation.get("parameters", []) if told["in"] == "query"}
        problems = [f"unknown parameter {name!r}" for name in query if name not in known]
        for name, schema in known.items():
            if name in query and schema.get("type") == "integer":
                value = int(query[name]) if query[name].lstrip("-").isdigit() else None
                low, high = schema.get("minimum", 0), schema.get("maximum", 2**53)
                if value is None or not low <= value <= high:
                    problems.append(f"{name}={query[name]} is not a number from {low} to {high}")
        return problems

    def check_answer(self, method: str, route: str, status: int, body: Any) -> list[str]:
        """What is wrong with what this server answers."""
        if self._document is None:
            return []
        if status >= 400:
            schema = "RatelimitedResponse" if status == 429 else "ErrorResponse"
            return self._answers.errors(f"/components/schemas/{schema}", body)
        told = self._document["paths"].get(route, {}).get(method.lower(), {}).get("responses", {})
        if str(status) not in told:
            return [f"{method} {route} does not answer {status}, but {sorted(told)}"]
        pointer = f"/paths/{_escape(route)}/{method.lower()}/responses/{status}/content/application~1json/schema"
        if not self._has(pointer):
            return [] if body is None else [f"{method} {route} answers {status} without a body"]
        return self._answers.errors(pointer, body)

    def check_message(self, message: JSON) -> list[str]:
        """What is wrong with a message in a gateway event (the file has no gateway events)."""
        if self._document is None:
            return []
        beside = {"guild_id", "member", "channel_type"}  # what an event says beyond the message
        told = {key: value for key, value in message.items() if key not in beside}
        return self._answers.errors("/components/schemas/MessageResponse", told)

    def knows(self, method: str, route: str) -> bool:
        """Whether such a route exists at all."""
        return self._document is None or method.lower() in self._document["paths"].get(route, {})

    def _has(self, pointer: str) -> bool:
        return self._document is not None and _resolve(self._document, pointer) is not None


class _Checker:
    """Validators by pointer, made at the first use."""

    def __init__(self, document: JSON) -> None:
        from jsonschema import Draft202012Validator, FormatChecker
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012

        self._document = document
        registry = Registry().with_resource(_NAME, Resource.from_contents(document, DRAFT202012))
        formats = FormatChecker(formats=())
        formats.checks("date-time", raises=ValueError)(_is_moment)

        @cache
        def validator(pointer: str) -> Any:
            schema = {"$ref": f"{_NAME}#{pointer}"}
            return Draft202012Validator(schema, registry=registry, format_checker=formats)

        self._validator = validator
        self._known: dict[tuple[str, str], list[str]] = {}

    def errors(self, pointer: str, body: Any) -> list[str]:
        """What is wrong. The same body is checked once: a page of history mostly holds what was shown before."""
        schema = _resolve(self._document, pointer)
        if "$ref" in schema:
            return self.errors(schema["$ref"].removeprefix("#"), body)
        if isinstance(body, dict) and body.get("referenced_message") and pointer.endswith("/MessageResponse"):
            # replies share what they answer, so that is checked once
            answered = self.errors("/components/schemas/BasicMessageResponse", body["referenced_message"])
            return [*answered, *self.errors(pointer, body | {"referenced_message": None})]
        if isinstance(body, list) and set(schema) <= {"type", "items"} and schema.get("type") == "array":
            return [problem for entry in body for problem in self.errors(f"{pointer}/items", entry)]
        key = (pointer, json.dumps(body))
        if key not in self._known:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known[key] = self._find_errors(pointer, body)
        return self._known[key]

    def _find_errors(self, pointer: str, body: Any) -> list[str]:
        from jsonschema.exceptions import best_match

        validator = self._validator(pointer)
        if validator.is_valid(body):
            return []
        return [
            f"{'/'.join(map(str, error.absolute_path)) or 'body'}: {error.message[:300]}"
            for error in (best_match([problem]) for problem in validator.iter_errors(body))
        ]

    def unknown_keys(self, pointer: str, body: Any) -> list[str]:
        """Keys that no schema for this place has."""
        return list(self._unknown(_resolve(self._document, pointer), body, ""))

    def _unknown(self, schema: JSON, body: Any, where: str) -> Iterator[str]:
        if isinstance(body, list):
            items = [part["items"] for part in self._alternatives(schema) if "items" in part]
            for index, entry in enumerate(body):
                yield from self._fewest(items, entry, f"{where}/{index}")
        elif isinstance(body, dict):
            yield from self._fewest_of_object(list(self._alternatives(schema)), body, where)

    def _fewest(self, schemas: list[JSON], body: Any, where: str) -> list[str]:
        return min(([*self._unknown(schema, body, where)] for schema in schemas), key=len, default=[])

    def _fewest_of_object(self, alternatives: list[JSON], body: JSON, where: str) -> list[str]:
        found: list[list[str]] = []
        for schema in alternatives:
            known = schema.get("properties")
            if known is None or "additionalProperties" in schema:
                continue
            if isinstance(known.get("type"), dict) and body.get("type") not in self._types(known["type"], body):
                continue
            problems = [f"unknown key {where}/{key}" for key in body if key not in known and key not in _SENT_ANYWAY]
            for key, value in body.items():
                if key in known:
                    problems += self._unknown(known[key], value, f"{where}/{key}")
            found.append(problems)
        return min(found, key=len, default=[])

    def _types(self, schema: JSON, body: JSON) -> list[Any]:
        """What `type` may say in this alternative."""
        return schema.get("enum", [body.get("type")])

    def _alternatives(self, schema: JSON) -> Iterator[JSON]:
        if "$ref" in schema:
            yield from self._alternatives(_resolve(self._document, schema["$ref"].removeprefix("#")))
            return
        for word in ("oneOf", "anyOf"):
            for part in schema.get(word, []):
                yield from self._alternatives(part)
        if "properties" in schema or "items" in schema or "additionalProperties" in schema:
            yield schema


def _join_constants(schema: Any) -> None:
    """One of forty constants is one enumeration, which is found at once: for speed, it means the same."""
    if isinstance(schema, list):
        for part in schema:
            _join_constants(part)
    elif isinstance(schema, dict):
        choices = schema.get("oneOf")
        if isinstance(choices, list) and all("const" in choice for choice in choices):
            schema["enum"] = [choice["const"] for choice in schema.pop("oneOf")]
        for part in schema.values():
            _join_constants(part)


def _with_numeric_ids(document: JSON) -> JSON:
    schemas = document["components"]["schemas"]
    either = {"oneOf": [schemas["SnowflakeType"], {"type": "integer", "minimum": 0}]}
    return document | {"components": document["components"] | {"schemas": schemas | {"SnowflakeType": either}}}


def _escape(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


def _resolve(document: JSON, pointer: str) -> Any:
    found: Any = document
    for part in pointer.lstrip("/").split("/"):
        if not isinstance(found, dict):
            return None
        found = found.get(part.replace("~1", "/").replace("~0", "~"))
    return found


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None
