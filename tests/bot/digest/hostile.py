"""What people can type to break out of a digest: a catalogue of attacks, each in the places where it would bite."""

from itertools import product

_RUN = "alert(1)"
_ELEMENTS = (
    f"<script>{_RUN}</script>",
    f"<img src=x onerror={_RUN}>",
    f"<svg/onload={_RUN}>",
    f"<svg><a xlink:href=javascript:{_RUN}><text>press</text></a></svg>",
    f"<iframe srcdoc='<script>{_RUN}</script>'></iframe>",
    f"<details open ontoggle={_RUN}>",
    f"<input autofocus onfocus={_RUN}>",
    f"<math><mtext><img src=x onerror={_RUN}></mtext></math>",
    f"<a href=javascript:{_RUN}>press</a>",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "<style>@import '//evil.example/a.css'; * { display: none }</style>",
    "<meta http-equiv=refresh content='0; url=//evil.example'>",
    "<base href=//evil.example><form action=/x><button>press</button></form>",
    "<video autoplay src=//evil.example/a.mp4></video>",
    "<object data=//evil.example></object><embed src=//evil.example>",
)
_OUT_OF = ("{}", '">{}', "</p></blockquote></figure></title></style>{}", "<!-- -->{}<!--")

_ADDRESSES = (
    f"javascript:{_RUN}",
    f"JaVaScRiPt:{_RUN}",
    f"java\tscript:{_RUN}",
    f"&#106;avascript:{_RUN}",
    f"data:text/html,<script>{_RUN}</script>",
    "https://evil.example/pixel.png",
)
_LINKS = ("[press]({})", "![pixel]({})", "<{}>", "[press][x]\n\n[x]: {}")

_BLOCKS = (
    "# ", "###### ", "> ", ">> ", "- ", "+ ", "* ", "1. ", "2) ", "- [ ] ", "    ", "\t", "```\n", "~~~ html\n",
    "---\n", "***\n", "===\n", ": ", "|a|b|\n|-|-|\n|", "a | b\n--|--\n", "<div>\n", "[^1]: ", "::: warning\n",
)  # fmt: skip
_PLACES = ("{}words", "Words\n{}words", "Words\n\n{}words")

_SPANS = (
    "*words*", "_words_", "**words**", "__words__", "`words`", "``a`b``", "~~words~~", "~words~", "==words==",
    "^words^", "^^words^^", "||words||", ">!words!<", "$words$", "$$words$$", "\\(words\\)", "[^1]", "[[words]]",
    "[漢字(かんじ)]", "words\\", "words  \nwords", "words\\\nwords", "\\*words\\*", "&lt;b&gt;", "&amp;lt;", "&#60;b>",
    "&copy; &nbsp &notit;", "<https://evil.example>", "www.evil.example", ":smile:", "{{ sheet }}", "{% for x in y %}",
    "{# words #}", "${words}", "{n} {0} %s", "<%= words %>", "]]>", "<![CDATA[words]]>", "<?xml words?>", "<w:p/>",
    '"}]}', "\\u003cscript\\u003e", "*[HTML]: words",
)  # fmt: skip

_CALLS = ("@everyone", "@here", "@\u200beveryone", "@\u00adhere", "<@123>", "<@&123>", "<#456>")

_FORMULA_STARTS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "＝", "＋", "－", "＠", "'=")
_FORMULAS = ("1+1", 'HYPERLINK("https://evil.example","press")', "cmd|' /C calc'!A0")

_FRONT_MATTER = (
    "---\ntitle: broken\n---",
    "---\n---\nwords",
    "+++\ntitle = 'broken'\n+++",
    "...\nwords",
    "%YAML 1.2\n---",
)

# written as escapes: an editor would show none of them, or not where they are
_BIDI = tuple("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_UNSEEN = tuple("\u200b\u200c\u200d\u2060\u2063\ufeff\u00ad\u180e\u3164\u115f\uffa0\U000e0041\U000e007f\ufe0f")
_MARKS = ("\u0321\u031b\u035a\u0317", "\u0489", "\u20dd", "\u0e49", "\u05b0\u05b1")
_NO_CHARACTERS = ("\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\ufffe", "\uffff")
_SURROGATES = ("\ud800", "\udfff", "\udc00\ud800", "\ud83d")

_HONEST = (
    "\U0001f469\u200d\U0001f4bb می\u200cخواهم \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "שָׁלוֹם and العَرَبِيَّة in one line",
    "Größe, naïve, Tiếng Việt, ไม่, 한국어, 👍🏽",
)
"""What looks like trouble and must come through."""

CATALOGUE = {
    "html": [place.format(element) for element, place in product(_ELEMENTS, _OUT_OF)],
    "links": [link.format(address) for address, link in product(_ADDRESSES, _LINKS)],
    "blocks": [place.format(block) for block, place in product(_BLOCKS, _PLACES)],
    "spans": [f"We say {span} here." for span in _SPANS],
    "calls": [f"{call} look" for call in _CALLS],
    "formulas": [start + formula for start, formula in product(_FORMULA_STARTS, _FORMULAS)],
    "front matter": list(_FRONT_MATTER),
    "bidi": [f"{control}txt.exe says so" for control in _BIDI],
    "unseen": [f"pay{character}ment due" for character in _UNSEEN],
    "zalgo": [f"Z{mark * 40}algo" for mark in _MARKS],
    "no characters": [f"be{character}fore" for character in _NO_CHARACTERS],
    "surrogates": [f"half{half}way" for half in _SURROGATES],
    "honest": list(_HONEST),
}
HOSTILE = [text for texts in CATALOGUE.values() for text in texts]
