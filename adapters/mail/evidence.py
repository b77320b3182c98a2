"""What the own mail server found out about who sent a mail (RFC 8601). It is never asked anew, and no DNS is asked."""

from collections.abc import Mapping
from email.message import Message

from adapters.mail.headers import read_value

_LONGEST = 3_900
_NAMED = {"dkim": ("header", ("d", "i")), "spf": ("smtp", ("mailfrom", "helo")), "dmarc": ("header", ("from",))}


def read_evidence(message: Message, authserv: str) -> Mapping[str, str]:
    """By method (`dkim`, `spf`, `dmarc`) the domains that passed, with blanks between.

    Only the topmost header counts, and only where it is the own server's: whoever sends a mail can write the others.
    A server has to take out those that came with its own name (RFC 8601, section 5).
    """
    value = read_value(message, "Authentication-Results")
    if not authserv or not value or len(value) > _LONGEST:
        return {}
    from authres import AuthenticationResultsHeader, AuthResError

    try:
        header = AuthenticationResultsHeader.parse(f"Authentication-Results: {value}")
    except (AuthResError, ValueError, IndexError, AttributeError):
        return {}
    if str(header.authserv_id).casefold() != authserv.casefold():
        return {}
    found: dict[str, list[str]] = {}
    for result in header.results:
        method = str(result.method).casefold()
        if method in _NAMED and str(result.result).casefold() == "pass":
            domain = _find_domain(result, *_NAMED[method])
            if domain and domain not in found.setdefault(method, []):
                found[method].append(domain)
    return {method: " ".join(domains) for method, domains in found.items() if domains}


def _find_domain(result: object, kind: str, names: tuple[str, ...]) -> str:
    """The domain of `header.d=example.org` or of `smtp.mailfrom=ada@example.org`."""
    for each in getattr(result, "properties", ()):
        if each.type == kind and each.name in names and each.value:
            return str(each.value).rpartition("@")[2].casefold().rstrip(".")
    return ""
