"""Texts that a careless adapter changes."""

FAMILY = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
THUMB = "\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}"

EXACT_TEXTS = (
    "plain words",
    "two lines\nand, after a gap,\n\na third",
    f"a family {FAMILY} and a thumb {THUMB}",
    "combining e\N{COMBINING ACUTE ACCENT} is not \N{LATIN SMALL LETTER E WITH ACUTE}",
    "right to left: \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 and back",
    "two  spaces, a no-break\N{NO-BREAK SPACE}space, \N{LEFT DOUBLE QUOTATION MARK}quotes\N{EM DASH}all",
    "<b>no &amp; markup</b> **here** _at_ all \\ `none`",
    "=SUM(A1:A9) is not a formula",
)
