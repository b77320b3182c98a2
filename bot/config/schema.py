"""The JSON Schema of config.toml, made from the models that read it: for editors, which say what is wrong as one types.

What they cannot know (whether a zone exists, two keys that exclude each other) `pullquote check` says.
"""

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from adapters.registry import installed, load_platform
from bot.config.section import Section
from bot.config.sections import SECTIONS, AccountKeys, GuildKeys
from bot.questions.content import Content

DRAFT = "http://json-schema.org/draft-07/schema#"
"""What Taplo and Even Better TOML read."""
_SECRET = {
    "description": 'Where the secret stands: { env = "NAME" } or { file = "PATH" }; never the secret itself.',
    "oneOf": [
        {
            "type": "object",
            "properties": {where: {"type": "string"}},
            "required": [where],
            "additionalProperties": False,
        }
        for where in ("env", "file")
    ],
}
_SENTENCE = r"(?=[.;:] `?\w+`?(?:, `?\w+`?)*: |$)"


class _Keys(GenerateJsonSchema):
    """As the file has them: durations such as 7d, and nothing that only code can give."""

    def timedelta_schema(self, schema: core_schema.TimedeltaSchema) -> JsonSchemaValue:  # noqa: ARG002
        return {"type": "string", "pattern": r"^\d", "examples": ["90m", "36h", "7d"]}

    def handle_invalid_for_json_schema(self, schema: core_schema.CoreSchema, error_info: str) -> JsonSchemaValue:  # noqa: ARG002
        return {}

    def encode_default(self, dft: Any) -> Any:  # noqa: ARG002
        return None


def describe_config() -> dict[str, Any]:
    """The whole file as a JSON Schema."""
    definitions: dict[str, Any] = {}
    tables = {name: _describe(section, definitions) for name, section in SECTIONS.items()}
    tables["database"]["properties"]["url"] = {"anyOf": [tables["database"]["properties"]["url"], _SECRET]}
    accounts = [_describe_account(name, definitions) for name in installed()]
    named = {
        "accounts": ("A login each, by a name of your own.", {"oneOf": accounts}),
        "questions": ("What is asked, each by its name.", _describe(Content, definitions)),
        "guilds": ("Communities in which editors work with commands, by their id.", _describe(GuildKeys, definitions)),
    }
    for name, (told, schema) in named.items():
        tables[name] = {"type": "object", "description": told, "additionalProperties": schema}
    return {
        "$schema": DRAFT,
        "title": "pullquote's config.toml",
        "type": "object",
        "properties": tables,
        "additionalProperties": False,
        "definitions": definitions,
    }


def _describe_account(platform_name: str, definitions: dict[str, Any]) -> dict[str, Any]:
    platform = load_platform(platform_name)
    schema, common = _describe(platform.settings, definitions), _describe(AccountKeys, definitions)
    schema["title"] = platform.title
    schema["properties"] = common["properties"] | {"platform": {"const": platform_name}} | schema["properties"]
    schema["required"] = ["platform", *schema.get("required", [])]
    return schema


def _describe(model: type[BaseModel], definitions: dict[str, Any]) -> dict[str, Any]:
    """One table; what it refers to goes into `definitions`."""
    schema = model.model_json_schema(ref_template="#/definitions/{model}", schema_generator=_Keys)
    definitions |= {name: _tidy(each) for name, each in schema.pop("$defs", {}).items()}
    told = " ".join(inspect.cleandoc(model.__doc__ or "").split())
    properties = {
        name: _tidy(each) for name, each in schema["properties"].items() if not model.model_fields[name].exclude
    }
    for name, each in properties.items():
        if text := _find_sentence(name, told):
            each.setdefault("description", text)
    described = {**schema, "description": told, "properties": properties, "additionalProperties": False}
    if issubclass(model, Section):  # the environment may have what the file has not
        described.pop("required", None)
    return described


def _find_sentence(name: str, told: str) -> str:
    """What the description of a table says of one key."""
    found = re.search(rf"(?<!\w)`?{name}`?(?:, `?\w+`?)*: (.+?){_SENTENCE}", told)
    return found[1].strip(" .;") + "." if found else ""


def _tidy(schema: Any) -> Any:
    """Without defaults and made-up titles; a secret as the file may have it."""
    if isinstance(schema, list):
        return [_tidy(each) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    if schema.get("format") == "password":
        return dict(_SECRET)
    return dict(_list_kept(schema))


def _list_kept(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in schema.items():
        if name not in {"title", "default"} and (name, value) != ("format", "path"):
            yield name, _tidy(value)
