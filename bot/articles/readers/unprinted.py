"""What stands in the file of an article and is not printed: front matter, imports, shortcodes, attributes, comments."""

import json
import re

_LONGEST_FRONT_MATTER = 1_000
"""Lines."""
_FENCES = {"---": ("---", "..."), "+++": ("+++",), ";;;": (";;;",)}
_YAML_LINE = re.compile(r"\s*(?:#|-\s|-$|[}\])]|[^\s“”«»„].*?:(?:\s|$))|\s+\S|\s*\Z")
_IMPORT = re.compile(r"^import\s+(?:[\w*{][^\n]*\sfrom\s+)?[\"'][^\"'\n]+[\"'];?[ \t]*$", re.MULTILINE)
_EXPORT = re.compile(
    r"^export\s+(?:const|let|var|default|function|async|class)\b[^\n]*(?:\n[^\n]*\S[^\n]*)*", re.MULTILINE
)
_SHORTCODE = re.compile(
    r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#[^{}]*#\}|\{/\*[^{}]*\*/\}|\{[:#.][^{}\n]*\}|\{\{\{[^{}]*\}\}\}"
)
_COMMENT = re.compile(r"%%[^%]{0,2000}%%")
_ADMONITION = re.compile(r"^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+[\w -]+\"[^\"\n]*\"[ \t]*$", re.MULTILINE)
_QUOTES = re.compile(
    r"\{[{%][<%]?\s*(?P<ends>/|end)?\s*(?:block|pull)?quote\b[^{}]*?(?P<alone>/?)\s*[%>]?[}%]\}", re.IGNORECASE
)
_GUILLEMET = re.compile(r"(?<![\w<])<<(?=[^\W\d_])")
"""`<<One>>` of typewriters, in which Markdown sees a tag."""
_PARAGRAPH_END = re.compile(r"\n\s*\n")


def blank_unprinted(text: str) -> str:
    """Markdown without what is not printed; every line keeps its number."""
    text = _GUILLEMET.sub("&lt;&lt;", blank_front_matter(text))
    for pattern in (_IMPORT, _EXPORT, _COMMENT, _ADMONITION):
        text = pattern.sub(_blank, text)
    return _SHORTCODE.sub(_read_shortcode, text)


def blank_front_matter(text: str) -> str:
    """The same for what stands before the article: YAML, TOML or JSON."""
    if text.startswith("{"):
        try:
            _, end = json.JSONDecoder().raw_decode(text)
        except ValueError:
            return text
        return "\n" * text.count("\n", 0, end) + text[end:]
    lines = text.split("\n")
    ends = _FENCES.get(lines[0].strip(), ())
    for end, line in enumerate(lines[1:_LONGEST_FRONT_MATTER] if ends else (), 1):
        if line.rstrip() in ends:
            is_meant = lines[0].strip() != "---" or all(map(_YAML_LINE.match, lines[1:end]))
            return "\n".join([*[""] * (end + 1), *lines[end + 1 :]]) if is_meant else text
    return text


def _blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def _read_shortcode(found: re.Match[str]) -> str:
    """Nothing is left of it, but of one that sets a quotation off: `{{< quote >}}`, `{% endblockquote %}`."""
    if _PARAGRAPH_END.search(found[0]):
        return found[0]
    sets_off = _QUOTES.fullmatch(found[0])
    if sets_off and not sets_off["alone"]:
        return "</blockquote>" if sets_off["ends"] else "<blockquote>" + _blank(found)
    return _blank(found)
