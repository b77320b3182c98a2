"""DejaVu Sans, under the licence beside it: a picture has its text on a machine without fonts too, and the same one."""

import struct
from functools import cache
from pathlib import Path

FAMILY = "DejaVu Sans"
FILE = Path(__file__).with_name("DejaVuSans.ttf")


def measure(text: str, size: float) -> float:
    """How wide a text is, in the unit of its size. Letters that the font has not are as wide as they are high."""
    widths = read_widths()
    return size * sum(widths.get(ord(letter), 1.0) for letter in text)


@cache
def read_widths() -> dict[int, float]:
    """By code point, the width of all letters that the font can draw, in parts of its size.

    The tables `head`, `hhea`, `hmtx` and `cmap` of TrueType; of the last the one for the first 65,536 code points.
    """
    data = FILE.read_bytes()
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {
        name: offset for name, _, offset, _ in (struct.unpack_from(">4sLLL", data, 12 + 16 * n) for n in range(count))
    }
    (units,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
    (measured,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
    advances = struct.unpack_from(f">{2 * measured}H", data, tables[b"hmtx"])[::2]
    glyphs = _read_glyphs(data, tables[b"cmap"])
    return {code: advances[min(glyph, measured - 1)] / units for code, glyph in glyphs.items()}


def _read_glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """The number of the glyph by code point, of a table of format 4: segments with an offset or an array each."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    places = (cmap + struct.unpack_from(">L", data, cmap + 8 + 8 * n)[0] for n in range(count))
    table = next(place for place in places if struct.unpack_from(">H", data, place)[0] == 4)
    (twice,) = struct.unpack_from(">H", data, table + 6)
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{twice // 2}H", data, table + place)
        for place in (14, 16 + twice, 16 + 2 * twice, 16 + 3 * twice)
    )
    glyphs = {}
    for number, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(start, end + 1):
            glyph = code
            if offset:
                place = table + 16 + 3 * twice + 2 * number + offset + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", data, place)
                if not glyph:
                    continue
            glyph = (glyph + delta) % 65_536
            if glyph:
                glyphs[code] = glyph
    return glyphs
