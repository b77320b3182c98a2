"""The digest as one HTML file: no script, nothing loaded from anywhere, readable on a phone and in print."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.digest.formats.chart import draw_svg
from bot.digest.model import DigestModel
from bot.digest.page.document import Bars
from bot.digest.page.layout import lay_out
from bot.words.cleaning import clean_line, safe_link, split_paragraphs

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup


def write_html(model: DigestModel) -> bytes:
    """The whole file, UTF-8."""
    document = lay_out(model)
    style = _read("digest.css") + (_warn_on_each_page(document.badge) if document.private else "")
    return _template().render(document=document, style=style, style_hash=_hash(style)).encode()


@cache
def _template() -> "Template":
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # only where an HTML digest is written

    environment = Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"line": clean_line, "paragraphs": split_paragraphs, "link": safe_link, "chart": _draw}
    return environment.get_template("digest.html")


def _warn_on_each_page(badge: str) -> str:
    """In print, at the head of every page, where the browser knows margin boxes (CSS Paged Media 3, 4.2)."""
    content = badge.replace("\\", "").replace('"', "")
    return f'\n@page {{ @top-right {{ content: "{content}"; color: #7a1f12; font: 8pt sans-serif; }} }}\n'


def _draw(bars: Bars) -> "Markup":
    """The element that `draw_svg` answers is markup already: it escapes what people typed."""
    from markupsafe import Markup

    return Markup(draw_svg(bars))  # noqa: S704


@cache
def _read(name: str) -> str:
    """A file beside this one."""
    return files("bot.digest.formats").joinpath(name).read_text(encoding="utf-8")


def _hash(style: str) -> str:
    """The source expression that lets exactly this style in: CSP Level 3, 2.3.1."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"
