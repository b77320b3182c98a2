"""What a table of the file is that stands there once."""

import os
from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, model_validator

ENVIRONMENT = "PULLQUOTE_"


class Section(BaseModel):
    """A table of the file. A variable of the environment (`prefix` and the key in capitals) wins over it, an empty one
    says nothing.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)

    prefix: ClassVar[str] = ENVIRONMENT

    @model_validator(mode="before")
    @classmethod
    def _read_environment(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        found = {key: os.environ.get(cls.variable(key)) for key in cls.model_fields}
        return {**values, **{key: value for key, value in found.items() if value}}

    @classmethod
    def variable(cls, key: str) -> str:
        """The variable of the environment that sets `key`."""
        return f"{cls.prefix}{key}".upper()
