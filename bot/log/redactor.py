"""Taking secrets out of texts, however they are written."""

import base64
import html
import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

HIDDEN = "[secret]"
SHORTEST = 6  # characters; shorter values stand in ordinary words too
WORD = r"[\w+/=-]{0,64}"  # what stands before and behind in the same Base64
SHAPES = (
    r"eyJ[\w-]{6,}\.[\w-]+\.[\w-]*",  # JWT: Bluesky's sessions
    r"\b[\w-]{23,28}\.[\w-]{6}\.[\w-]{27,}",  # a bot's token on Discord
    r"(?i:(?<=bearer )|(?<=bot ))[\w.~+/=-]{16,}",  # headers
    r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)",  # a user and password in a URL
)


class Redactor:
    """Takes secrets out of texts: the known ones however they are written, and what has the shape of a token."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._known: set[str] = set()
        self.learn(secrets)

    def learn(self, secrets: Iterable[str]) -> None:
        """Take these out too from now on."""
        self._known |= {secret for secret in secrets if len(secret) >= SHORTEST}
        known = sorted(self._known)
        forms = {form for secret in known for form in _write_forms(secret)}
        cores = {core for secret in known for core in _encode(secret) if len(core) >= SHORTEST}
        patterns = [re.escape(form) for form in sorted(forms, key=len, reverse=True)]
        patterns += [f"{WORD}{re.escape(core)}{WORD}" for core in sorted(cores, key=len, reverse=True)]
        self._pattern = re.compile("|".join([*patterns, *SHAPES]))

    def redact(self, text: str) -> str:
        """`text` without secrets."""
        return self._pattern.sub(HIDDEN, text)


def _write_forms(secret: str) -> set[str]:
    """As it is, and escaped as Python, JSON, HTML and URLs do, once or twice, in large and small hexadecimals."""
    once = {quote(secret, safe=""), quote(secret), quote_plus(secret)}
    quoted = once | {quote(each, safe="") for each in once}
    return {
        secret,
        repr(secret)[1:-1],
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        html.escape(secret),
        *quoted,
        *(re.sub(r"%[0-9A-F]{2}", lambda found: found[0].lower(), each) for each in quoted),
    }


def _encode(secret: str) -> set[str]:
    """What Base64 makes of it wherever it stands in what is encoded (`user:secret`), without the letters at both ends
    that its neighbours have a part in.
    """
    cores = set()
    for before in range(3):
        data = b"\0" * before + secret.encode()
        first, last = -(-before * 8 // 6), len(data) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            cores.add(encode(data).decode()[first:last])
    return cores
