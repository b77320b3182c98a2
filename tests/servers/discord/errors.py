"""What the server answers when it refuses."""

from typing import Any


class ApiError(Exception):
    """An answer of the API with Discord's own code (docs: JSON error codes)."""

    def __init__(self, status: int, code: int, message: str, errors: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors


class Refused(Exception):
    """A person's client does not offer this, or Discord refuses it to them."""


class NoAnswer(Exception):
    """The connection is dropped."""


def invalid(message: str, where: str = "body") -> ApiError:
    """A body that Discord does not take; `where` names the field."""
    # the OpenAPI file wants a number here, where the documentation shows names such as BASE_TYPE_BAD_LENGTH
    detail = {where: {"_errors": [{"code": 50035, "message": message}]}}
    return ApiError(400, 50035, f"Invalid Form Body\n{where}: {message}", detail)


def unknown(what: str, code: int) -> ApiError:
    """Something that is not there, or not for this bot."""
    return ApiError(404, code, f"Unknown {what}")


def missing_access() -> ApiError:
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    return ApiError(403, 50013, "Missing Permissions")
