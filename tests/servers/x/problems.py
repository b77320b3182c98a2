"""What X answers where it does not do what was asked: statuses and bodies as X sends them."""

from collections.abc import Mapping
from typing import Any

JSON = dict[str, Any]

TYPES = "https://api.x.com/2/problems/"
_TITLES = {
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    429: "Too Many Requests",
    503: "Service Unavailable",
}


class Problem(Exception):
    """An answer other than 2xx."""

    def __init__(self, status: int, body: JSON, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body
        self.headers = dict(headers or {})


def refuse(status: int, detail: str = "", headers: Mapping[str, str] | None = None) -> Problem:
    """The plain kind that names nothing."""
    title = _TITLES.get(status, "Error")
    return Problem(
        status, {"title": title, "detail": detail or title, "type": "about:blank", "status": status}, headers
    )


def refuse_parameter(name: str, value: str, message: str) -> Problem:
    """400: one parameter is wrong."""
    return Problem(
        400,
        {
            "errors": [{"parameters": {name: [value]}, "message": message}],
            "title": "Invalid Request",
            "detail": "One or more parameters to your request was invalid.",
            "type": f"{TYPES}invalid-request",
        },
    )


def out_of_credits(account_id: str) -> Problem:
    """402: X takes credits before anything else."""
    detail = f"Your enrolled account [{account_id}] does not have any credits to fulfill this request."
    return Problem(
        402, {"account_id": account_id, "title": "CreditsDepleted", "detail": detail, "type": f"{TYPES}credits"}
    )


def not_found(what: str, id_: str, parameter: str) -> JSON:
    """An entry of `errors` in a 200. what: post or user."""
    return {
        "value": id_,
        "detail": f"Could not find {what} with {parameter}: [{id_}].",
        "title": "Not Found Error",
        "resource_type": what,
        "parameter": parameter,
        "resource_id": id_,
        "type": f"{TYPES}resource-not-found",
    }


def not_authorized(what: str, id_: str, parameter: str) -> JSON:
    """An entry of `errors` in a 200: protected or suspended."""
    return {
        "value": id_,
        "detail": f"Sorry, you are not authorized to see the {what} with {parameter}: [{id_}].",
        "title": "Authorization Error",
        "resource_type": what,
        "parameter": parameter,
        "resource_id": id_,
        "section": "data",
        "type": f"{TYPES}not-authorized-for-resource",
    }
