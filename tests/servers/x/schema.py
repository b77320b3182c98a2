"""Requests and answers against X's own OpenAPI file, which stands in ../shared on our machines and not in this tree."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.servers.x.problems import refuse_parameter

FILE = Path(__file__).parents[4] / "shared" / "specs" / "x-openapi.json"
OPERATIONS = {
    "create": ("post", "/2/tweets"),
    "delete": ("delete", "/2/tweets/{id}"),
    "posts": ("get", "/2/tweets"),
    "post": ("get", "/2/tweets/{id}"),
    "mentions": ("get", "/2/users/{id}/mentions"),
    "timeline": ("get", "/2/users/{id}/tweets"),
    "search": ("get", "/2/tweets/search/recent"),
    "users": ("get", "/2/users"),
    "me": ("get", "/2/users/me"),
    "user_by_name": ("get", "/2/users/by/username/{username}"),
}
"""What the loopback X can do, by our name for it."""

RELATIONS = frozenset({"author_id", "in_reply_to_user_id", "referenced_posts", "edit_history_post_ids"})
"""Fields of a post that 2.167 lists as expansions alone. Older lists have them as fields, which costs no profile: both
are taken here.
"""

JSON = dict[str, Any]


class Spec:
    """The schemas of one OpenAPI file."""

    def __init__(self, document: JSON) -> None:
        document = _tighten(document)
        self._registry = Registry().with_resource("urn:x", Resource(document, DRAFT202012))
        self._validators: dict[str, Draft202012Validator] = {}
        self._paths: JSON = document["paths"]
        self._components: JSON = document["components"]

    def check_query(self, operation: str, query: Mapping[str, str]) -> None:
        """Raises Problem (400) as X does for what it does not know or take."""
        described = [self._resolve(parameter) for parameter in self._described(operation).get("parameters", ())]
        known = {parameter["name"]: parameter for parameter in described}
        asked = {name for name, parameter in known.items() if parameter["in"] == "query"}
        for name, value in query.items():
            if name not in asked:
                raise refuse_parameter(name, value, f"The query parameter [{name}] is not one of [{','.join(asked)}]")
            self._check_parameter(known[name], value)
        for name in asked - query.keys():
            if known[name].get("required"):
                raise refuse_parameter(name, "", f"The `{name}` query parameter can not be empty")

    def check_body(self, operation: str, body: Any) -> None:
        """Raises Problem (400)."""
        content = self._described(operation)["requestBody"]["content"]
        wrong = self._find_wrong(content["application/json"]["schema"], body)
        if wrong:
            raise refuse_parameter("body", json.dumps(body), wrong)

    def find_breach(self, operation: str, status: int, body: Any) -> str | None:
        """How an answer of ours differs from what X promises, or None."""
        described = self._described(operation)["responses"].get(str(status))
        if described is None:
            return f"{operation} never answers {status}"
        return self._find_wrong(described["content"]["application/json"]["schema"], body)

    def _described(self, operation: str) -> JSON:
        method, path = OPERATIONS[operation]
        described: JSON = self._paths[path][method]
        return described

    def _resolve(self, parameter: JSON) -> JSON:
        if "$ref" not in parameter:
            return parameter
        return self._components["parameters"][parameter["$ref"].rsplit("/", 1)[1]]

    def _check_parameter(self, parameter: JSON, value: str) -> None:
        schema = parameter["schema"]
        read: Any = value
        if parameter["name"] == "post.fields":
            read = sorted({"id", *value.split(",")} - RELATIONS)
        elif schema.get("type") == "array":
            read = value.split(",")
        elif schema.get("type") == "integer" and value.lstrip("-").isdigit():
            read = int(value)
        wrong = self._find_wrong(schema, read)
        if wrong:
            name = parameter["name"]
            raise refuse_parameter(name, value, f"The `{name}` query parameter value [{value}] is not valid: {wrong}")

    def _find_wrong(self, schema: JSON, value: Any) -> str | None:
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            located = {"$id": f"urn:{len(self._validators)}", **_locate(schema)}
            self._validators[key] = Draft202012Validator(located, registry=self._registry)
        error = next(iter(self._validators[key].iter_errors(value)), None)
        return error and f"{error.json_path}: {error.message}"


def load_spec() -> Spec | None:
    """None where the file is not there."""
    return Spec(json.loads(FILE.read_text(encoding="utf-8"))) if FILE.exists() else None


def _tighten(schema: Any) -> Any:
    """OpenAPI 3.0 as JSON Schema: what may be null says so, and an object has no properties but those described."""
    if isinstance(schema, list):
        return [_tighten(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    tight = {name: _tighten(value) for name, value in schema.items()}
    if tight.get("nullable") and isinstance(tight.get("type"), str):
        tight["type"] = [tight["type"], "null"]
    if tight.get("type") == "object" and isinstance(tight.get("properties"), dict):
        tight.setdefault("additionalProperties", False)
    return tight


def _locate(schema: Any) -> Any:
    """References into the file that the schema was taken from."""
    if isinstance(schema, list):
        return [_locate(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: f"urn:x{value}" if name == "$ref" and isinstance(value, str) else _locate(value)
        for name, value in schema.items()
    }
