"""Marks that writers use, and people of many languages with what they said, for generated articles."""

# Distinct rows of quotationStart, quotationEnd, alternateQuotationStart, alternateQuotationEnd in CLDR 48.2.
CLDR = [
    "“”‘’",
    "«»«»",
    "«»“”",
    "”“’‘",
    "„“‚‘",
    "«»‹›",
    "«»„“",
    "„”‚’",
    "””’’",
    "「」『』",
    "„”’’",
    "«»‘’",
    "‘’‘’",
    "‘’“”",
    "„”«»",
    "„“„“",
    "«»„”",
    "„”‘’",
    "»«›‹",
    "„”»«",
    "“”’‘",
    "“’“”",
    "“”“”",
    "“”«»",
    "„“«»",
    "«»”“",
]
# What keyboards, typewriters and programs make of them: opening, closing, and the same within.
WILD = [
    ('"', '"', "'", "'"), ('"', '"', '"', '"'), ("'", "'", '"', '"'), ("„", '"', "'", "'"), ("“", '"', "‘", "'"),
    ('"', "”", "'", "’"), ("“", "“", "‘", "‘"), ("»", "»", "’", "’"), ("<<", ">>", '"', '"'), (",,", "''", "'", "'"),
    ("``", "''", "`", "'"), ("`", "´", '"', '"'), ("״", "״", "׳", "׳"), ("｢", "｣", "『", "』"), ("〝", "〟", "「", "」"),
    ("„", "„", "‚", "‚"), ("”", "“", "’", "‘"), ("‹", "›", "«", "»"), ("❝", "❞", "❛", "❜"), ("＂", "＂", "＇", "＇"),
    ("‘", "’", "“", "”"), ("‟", "”", "‛", "’"), ("″", "″", "′", "′"), ("“", "„", "‘", "’"),
]  # fmt: skip
PAIRS = [tuple(row) for row in CLDR] + WILD

# Whose words are whose; { and } stand for marks within, a line feed for two paragraphs.
SAID = {
    "ada": "We stopped disavowing links in 2019, and nothing moved at all.\nThe clients' sites were fine without it, so we kept our Fridays.",
    "grace": "My boss said {never touch that file} and went on holiday for ten days. It's still there.",
    "alan": "The 14\" screens went first. I don't miss them, and the owners' bills fell by 12% in the year 2021.",
    "jutta": "Wir haben 2021 aufgehört, und nichts geschah, außer dass es ruhiger wurde.\nDas war's, und ich hab' nie zurückgeschaut.",
    "zoe": "On a arrêté en 2021 : rien n’a bougé, sauf l’ambiance. C’est {mieux ainsi}, dit-on chez nous.",
    "ines": "Hemos parado en 2021 y nada cambió en las ventas. ¿Quién lo habría pensado aquella primavera?",
    "ivan": "Мы перестали в 2021 году, и ничего не изменилось.\nПотом мы забыли об этом файле навсегда.",
    "eleni": "Σταματήσαμε το 2021 και τίποτα δεν άλλαξε στην κίνηση. Κανείς δεν το πρόσεξε ποτέ.",
    "ewa": "Przestaliśmy w 2021 roku i nic się nie zmieniło. Nikt tego nie zauważył przez pół roku.",
    "asa": "Vi slutade 2021 och ingenting hände med trafiken. Det blev bara lugnare på kontoret.",
    "noa": "הפסקנו בשנת 2021 ושום דבר לא זז אצלנו. אף אחד לא שם לב לזה.",
    "omar": "توقفنا في عام 2021 ولم يتغير أي شيء عندنا. لم يلاحظ أحد ذلك أبدا.",
    "asha": "हमने 2021 में यह बंद कर दिया और कुछ नहीं बदला। किसी ने ध्यान नहीं दिया।",
    "wei": "我们在2019年停止了，什么都没有改变。后来我们忘记了那个文件，谁也没有注意到。",
    "ken": "私たちは2021年にやめました。何も変わりませんでした。誰も気づきませんでした。",
    "mali": "เราหยุดทำในปี 2021 และไม่มีอะไรเปลี่ยนแปลงเลย",
    "jiho": "우리는 2021년에 그만두었고 아무것도 변하지 않았습니다. 아무도 알아차리지 못했습니다.",
}  # fmt: skip
NAMES = {
    "ada": "Ada Lovelace", "grace": "Grace Hopper", "alan": "Alan Turing", "jutta": "Jutta Groß", "zoe": "Zoé Lefèvre",
    "ines": "Inés Ruiz", "ivan": "Иван Петров", "eleni": "Ελένη Νίκου", "ewa": "Ewa Nowak", "asa": "Åsa Berg",
    "noa": "Noa Levi", "omar": "Omar Haddad", "asha": "Asha Rao", "wei": "Wei Wang", "ken": "Ken Sato",
    "mali": "Mali Suk", "jiho": "Jiho Kim",
}  # fmt: skip
DENSE = {"wei": "说", "ken": "は", "mali": "กล่าวว่า"}
"""Scripts without spaces, and what stands before a quotation in them."""
REPLIES = {who: text.replace("{", '"').replace("}", '"').replace("\n", "\n\n") for who, text in SAID.items()}

NARRATIVE = [
    "It was the year when nobody looked.", "The readers' letters came late, and it's no wonder.",
    "She had a 14\" screen and a 6'2\" door.", "In the '90s that was done by hand.", "They call it a “quick win” here.",
    "Das ist halt so.", "Rien de neuf.", "The file (all of it) lay there – for years.", "",
]  # fmt: skip
