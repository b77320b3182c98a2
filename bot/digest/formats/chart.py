"""The votes as bars: an SVG that a page can hold, and a PNG. The same numbers stand in a table, folded or instead."""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

import regex

from bot.digest.formats.font import FAMILY, FILE, measure, read_widths
from bot.digest.page.document import Bars
from bot.words.cleaning import clean_line, shorten

LONGEST_LABEL = 28  # characters
_COLOURS = ("#9a2c1c", "#4a6a8a", "#b98a2f", "#5f7a4a", "#7a5f86", "#655f58")
"""Of the accounts in order; they differ in grey too. The style of a page sets the classes `c0` to `c5`."""
_TEXT = "#1d1b19"
_SIZE = 9  # points, as all that follow
_WIDTH, _BAR, _GAP, _LEGEND = 345.6, 13.68, 10.8, 21.6
_LABELS, _LONGEST_BAR = 144.0, 165.6  # where the bars begin, and how long the longest is
_PERCENT = 21.6
"""By how much the longest bar is shorter where percentages stand behind the counts."""
_BASELINE = 0.38 * _SIZE
"""By how much a line of text is set lower than what it stands beside."""
_PNG_WIDTH = 1_056  # pixels


def draw_png(bars: Bars) -> bytes:
    """A picture on white."""
    import resvg_py  # where there are votes

    svg = _draw(bars)
    svg.set("xmlns", "http://www.w3.org/2000/svg")
    picture: bytes = resvg_py.svg_to_bytes(
        svg_string=ET.tostring(svg, encoding="unicode"),
        background="#ffffff",
        width=_PNG_WIDTH,
        skip_system_fonts=True,  # the same picture on every machine
        font_files=[str(FILE)],
        font_family=FAMILY,
    )
    return picture


def draw_svg(bars: Bars) -> str:
    """An `svg` element without script, style, id or reference: a strict policy lets it in, and it takes the page's
    colours by its classes.
    """
    return ET.tostring(_draw(bars), encoding="unicode")


# ---------------------------------------------------------------- drawing


def _draw(bars: Bars) -> ET.Element:
    legend = _LEGEND if len(bars.series) > 1 else 0
    height = legend + len(bars.labels) * (len(bars.series) * _BAR + _GAP)
    svg = ET.Element(
        "svg",
        {
            "viewBox": f"0 0 {_WIDTH} {height:.2f}",
            "role": "img",
            "aria-label": clean_line(bars.alt),
            "font-size": str(_SIZE),
        },
    )
    svg.extend(_draw_bars(bars, legend))
    if legend:
        svg.extend(_draw_legend([name for name, _ in bars.series]))
    return svg


def _draw_bars(bars: Bars, top: float) -> Iterator[ET.Element]:
    most = max((votes for _, counts in bars.series for votes in counts), default=0) or 1
    many, longest = len(bars.series), _LONGEST_BAR - (_PERCENT if bars.told else 0)
    for row, label in enumerate(_label(bars.labels)):
        upper = top + row * (many * _BAR + _GAP) + _GAP / 2
        yield _write(_LABELS - 7.2, upper + many * _BAR / 2, label, align="end")
        for number, (_, counts) in enumerate(bars.series):
            length, middle = longest * counts[row] / most, upper + (number + 0.5) * _BAR
            yield _draw_bar(_LABELS, middle, max(length, 0.72), _BAR * 0.86, number)
            told = bars.told[number][row] if bars.told else str(counts[row])
            yield _write(_LABELS + length + 5.04, middle, told)


def _draw_legend(names: Sequence[str]) -> Iterator[ET.Element]:
    step, side, middle = (_WIDTH - 7.2) / len(names), 9.36, 10.08
    for number, name in enumerate(names):
        yield _draw_bar(3.6 + number * step, middle, side, side, number)
        yield _write(18 + number * step, middle, _label([name])[0])


def _draw_bar(x: float, middle: float, width: float, height: float, number: int) -> ET.Element:
    colour = number % len(_COLOURS)
    left, right, upper, lower = (f"{each:.2f}" for each in (x, x + width, middle - height / 2, middle + height / 2))
    outline = f"M {left} {lower} L {right} {lower} L {right} {upper} L {left} {upper} z"
    return ET.Element("path", {"d": outline, "fill": _COLOURS[colour], "class": f"c{colour}"})


def _write(x: float, middle: float, text: str, *, align: str = "start") -> ET.Element:
    """A line of text, smaller where it would leave the picture."""
    place = {"x": f"{x:.2f}", "y": f"{middle + _BASELINE:.2f}", "fill": _TEXT, "text-anchor": align}
    room = (x if align == "end" else _WIDTH - x) - 3.6
    if (width := measure(text, _SIZE)) > room:
        place["font-size"] = f"{_SIZE * room / width:.2f}"
    written = ET.Element("text", place)
    written.text = text
    return written


def shows_all(bars: Bars) -> bool:
    """Whether every option and account can be read in the picture, so that it needs no table."""
    names = [*bars.labels, *(name for name, _ in bars.series)]
    return _label(names) == names


def _label(texts: Sequence[str]) -> list[str]:
    """Short names; numbers for all where one is in letters that the font of the chart cannot draw."""
    short = [shorten(text, LONGEST_LABEL) for text in texts]
    if all(_can_draw(text) for text in short):
        return short
    return [str(number) for number in range(1, len(texts) + 1)]


def _can_draw(text: str) -> bool:
    """Whether the font can: not letters that join, nor those that run from right to left."""
    return _LEFT_TO_RIGHT.fullmatch(text) is not None and all(ord(letter) in read_widths() for letter in text)


_LEFT_TO_RIGHT = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Common}\p{Inherited}]*")
