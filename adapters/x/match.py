"""Is a post of the own timeline the part that was to be sent? X has no key: words, options, parent must do. Pure."""

import re
import unicodedata
from collections.abc import Sequence

from adapters.checks import says_the_same
from adapters.contract.sending import Part, Payload, Reference, Role
from adapters.x.translate import find_parent, read_options, read_text

_SCHEME = re.compile(r"\bhttps?://", re.IGNORECASE)


def is_part(
    post: Payload, poll: Payload | None, part: Part, parents: Sequence[Reference], *, roughly: bool = False
) -> bool:
    """Whether `post` (with its poll) says what `part` was to say, below the same post; roughly: whatever numbers."""
    wanted = parents[-1].remote_id if part.role is Role.THREAD and parents else None
    says = normalise(part.payload["text"])
    shown = normalise(read_text(post) or "")
    options = (part.payload.get("poll") or {}).get("options") or []
    return (
        (shown == says or (roughly and says_the_same(shown, says)))
        and find_parent(post) == wanted
        and [normalise(option) for option in (read_options(poll) if poll else [])] == [normalise(o) for o in options]
    )


def normalise(text: str) -> str:
    """The text as two spellings of it are compared: X composes accents, trims, and adds http:// to links."""
    composed = unicodedata.normalize("NFC", _SCHEME.sub("", text))
    return " ".join(composed.split())
