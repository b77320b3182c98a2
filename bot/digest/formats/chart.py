"""The votes as bars: an SVG that a page can hold, and a PNG. The same numbers stand in the table beside it."""

import io
import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import regex

from bot.digest.page.document import Bars
from bot.words.cleaning import clean_line, shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LONGEST_LABEL = 28  # characters
_COLOURS = ("#9a2c1c", "#4a6a8a", "#b98a2f", "#5f7a4a", "#7a5f86", "#655f58")
"""Of the accounts in order; they differ in grey too. The style of a page sets the classes `c0` to `c5`."""
_TEXT = "#1d1b19"
_WIDTH, _BAR, _GAP = 4.8, 0.19, 0.15  # inches
_LABELS, _LONGEST_BAR = 2.0, 2.3  # inches: where the bars begin, and how long the longest is
_DPI = 220
_SIZE = 9  # points
_SVG = "{http://www.w3.org/2000/svg}"


def draw_png(bars: Bars) -> bytes:
    """A picture on white."""
    return _draw(bars, "png")


def draw_svg(bars: Bars) -> str:
    """An `svg` element without script, style, id or reference: a strict policy lets it in, and it takes the page's
    colours by its classes.
    """
    svg = ET.fromstring(_draw(bars, "svg"))  # noqa: S314  # made here
    plain = ET.Element(
        "svg",
        {"viewBox": svg.attrib["viewBox"], "role": "img", "aria-label": clean_line(bars.alt), "font-size": str(_SIZE)},
    )
    plain.extend(_strip(element) for element in svg.iter() if element.tag in {f"{_SVG}path", f"{_SVG}text"})
    return ET.tostring(plain, encoding="unicode")


def _strip(element: ET.Element) -> ET.Element:
    """Its place and text; of its style the colour, as a class too, and how the text is aligned."""
    style = dict(re.findall(r"([\w-]+): ([^;]+)", element.attrib.get("style", "")))
    kept = {name: value for name, value in element.attrib.items() if name in {"d", "x", "y"}}
    kept["fill"] = style.get("fill", _TEXT)
    if kept["fill"] in _COLOURS:
        kept["class"] = f"c{_COLOURS.index(kept['fill'])}"
    size = style.get("font-size", "").removesuffix("px")
    if size and float(size) != _SIZE:
        kept["font-size"] = size
    if "text-anchor" in style:
        kept["text-anchor"] = style["text-anchor"]
    stripped = ET.Element(element.tag.removeprefix(_SVG), kept)
    stripped.text = element.text if element.text and element.text.strip() else None
    return stripped


# ---------------------------------------------------------------- drawing


def _draw(bars: Bars, kind: str) -> bytes:
    import matplotlib as mpl  # half a second: only where there are votes
    from matplotlib.figure import Figure

    file = io.BytesIO()
    with mpl.rc_context():
        mpl.rcdefaults()  # whatever a matplotlibrc of this machine says
        mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "pullquote", "font.size": _SIZE})
        many = len(bars.series)
        height = len(bars.labels) * (many * _BAR + _GAP) + (0.3 if many > 1 else 0)
        figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, facecolor="white" if kind == "png" else "none")
        axes = _add_axes(figure, height)
        _draw_bars(axes, bars, height - (0.3 if many > 1 else 0))
        if many > 1:
            _draw_legend(axes, [name for name, _ in bars.series], height)
        figure.savefig(file, format=kind, metadata={"Date": None} if kind == "svg" else {"Software": None})
    return file.getvalue()


def _add_axes(figure: "Figure", height: float) -> "Axes":
    """Axes in inches, from the lower left corner, without lines."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(0, height)
    return axes


def _draw_bars(axes: "Axes", bars: Bars, top: float) -> None:
    most = max((votes for _, counts in bars.series for votes in counts), default=0) or 1
    many = len(bars.series)
    for row, label in enumerate(_label(bars.labels)):
        upper = top - row * (many * _BAR + _GAP) - _GAP / 2
        _write(axes, _LABELS - 0.1, upper - many * _BAR / 2, label, align="right")
        for number, (_, counts) in enumerate(bars.series):
            length, middle = _LONGEST_BAR * counts[row] / most, upper - (number + 0.5) * _BAR
            axes.barh(middle, max(length, 0.01), _BAR * 0.86, _LABELS, color=_COLOURS[number % len(_COLOURS)])
            _write(axes, _LABELS + length + 0.07, middle, str(counts[row]))


def _draw_legend(axes: "Axes", names: Sequence[str], top: float) -> None:
    step = (_WIDTH - 0.1) / len(names)
    for number, name in enumerate(names):
        axes.barh(top - 0.14, 0.13, 0.13, 0.05 + number * step, color=_COLOURS[number % len(_COLOURS)])
        _write(axes, 0.25 + number * step, top - 0.14, _label([name])[0])


def _write(axes: "Axes", x: float, y: float, text: str, *, align: str = "left") -> None:
    room = 72 * (x - 0.05) if align == "right" else 72 * (_WIDTH - x)
    size = min(_SIZE, _SIZE * room / max(_measure(text), 1))
    axes.text(x, y, text, ha=align, va="center_baseline", color=_TEXT, size=size, parse_math=False)


def _measure(text: str) -> float:
    """Points that `text` takes in the size of the chart."""
    from matplotlib.font_manager import get_font

    font = get_font(_font())
    font.set_size(_SIZE, 72)
    font.set_text(text)
    return float(font.get_width_height()[0]) / 64  # in 26.6 fixed point


def _label(texts: Sequence[str]) -> list[str]:
    """Short names; numbers for all where one is in letters that the font of the chart cannot draw."""
    short = [shorten(text, LONGEST_LABEL) for text in texts]
    if all(_can_draw(text) for text in short):
        return short
    return [str(number) for number in range(1, len(texts) + 1)]


def _can_draw(text: str) -> bool:
    """Whether DejaVu Sans (of matplotlib) can: not letters that join, nor those that run from right to left."""
    return _LEFT_TO_RIGHT.fullmatch(text) is not None and all(ord(character) in _glyphs() for character in text)


_LEFT_TO_RIGHT = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Common}\p{Inherited}]*")


@cache
def _glyphs() -> frozenset[int]:
    from matplotlib.font_manager import get_font

    return frozenset(get_font(_font()).get_charmap())


def _font() -> str:
    from matplotlib import get_data_path

    return f"{get_data_path()}/fonts/ttf/DejaVuSans.ttf"
