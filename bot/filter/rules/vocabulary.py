"""The words of the rules. Replies are compared in lower case, without links, mentions and emoji."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A reply is praise only if it has a word of PRAISE and no word beside those of PRAISE and PRAISE_AROUND.
PRAISE = _words(
    "great good nice awesome amazing excellent fantastic brilliant wonderful cool interesting insightful"
    " helpful useful love loved loving thanks thank thx ty congrats congratulations kudos bravo wow superb"
    " perfect lovely best important crucial gem gems gold looking curious following saving saved bookmarking bookmarked"
    " danke tolle toller tolles super gute guter spannende spannend klasse gracias excelente merci obrigado bedankt"
)
PRAISE_AROUND = _words(
    "forward question questions post posts thread topic point article tutorial tip tips content stuff work job idea"
    " video this that it it's its is was the a an what such so very really much many well for to your you u ur"
    " i like sharing asking posting writing always keep up as all one of my and guys man bro sir dear friend"
    " mate here poll quiz some any there in out on at with ooh oh aww yay then later more see hear asker thank"
    " replies comments opinions people super also totally absolutely again lot lots read info information"
    " answer answers reply yes ok okay frage beitrag vielen für den die das der eine ein sehr wirklich fürs"
    " teilen muchas por pregunta beaucoup"
)

# A reply is a bare "me too" if it has a word of ASSENT (or a sign of it) and none beside ASSENT and ASSENT_AROUND.
ASSENT = _words("+1 this same agreed agree agrees ditto exactly indeed seconded true following bump dito genau idem")
ASSENT_AROUND = _words(
    "i me too also here totally completely absolutely so very that it it's is what he she they said you you're we all"
    " with above op and 100 yes yeah yep yup with of everyone everybody one well ok as second the"
    " ich auch das so ist stimmt"
)

# The words that stand around a link when there is nothing else.
LINK_AROUND = _words(
    "here this that it is the a out see check look at visit try go to read please pls plz click link links details more"
    " info for try click follow found via source watch maybe useful and hope helps you yes hier siehe"
)

# A reply made of nothing but these leaves nothing to quote.
HEDGES = (
    "it depends", "depends", "not sure", "no idea", "idk", "dunno", "i don't know", "i dont know", "hard to say",
    "who knows", "maybe", "whatever", "no comment", "lol", "lmao", "haha", "hahaha", "hehe", "good luck",
)  # fmt: skip
# In a short reply one of these leaves little to quote.
HEDGING = (
    "i guess", "i suppose", "hard to say", "hard to name", "difficult to say", "it depends", "in some cases",
    "in many cases", "in certain cases", "in general", "sometimes yes", "yes and no", "many opinions",
    "different opinions",
    "all about", "lots of things", "many things", "all sorts of", "it varies", "everyone is different",
    "to each their own", "kommt darauf an", "kommt drauf an", "schwer zu sagen",
)  # fmt: skip

# Of two replies that are alike but for these, each says something of its own.
NUMBER_WORDS = _words(
    "zero two three four five six seven eight nine ten eleven twelve dozen hundred thousand million billion half twice"
    " null zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dutzend hundert tausend halb zweimal"
)
OPPOSITES = (
    ("more", "less"), ("more", "fewer"), ("most", "least"), ("increase", "decrease"), ("increase", "reduce"),
    ("raise", "lower"), ("raise", "cut"), ("higher", "lower"), ("high", "low"), ("up", "down"), ("before", "after"),
    ("better", "worse"), ("best", "worst"), ("good", "bad"), ("always", "sometimes"), ("often", "rarely"),
    ("all", "some"), ("support", "oppose"), ("allow", "ban"), ("allow", "forbid"), ("public", "private"),
    ("start", "stop"), ("started", "stopped"), ("keep", "drop"), ("easy", "hard"), ("cheap", "expensive"),
    ("buy", "sell"), ("for", "against"), ("with", "against"), ("rise", "fall"), ("rose", "fell"), ("gain", "lose"),
    ("gained", "lost"), ("true", "false"), ("right", "wrong"), ("mehr", "weniger"), ("immer", "selten"),
    ("besser", "schlechter"), ("gut", "schlecht"), ("höher", "niedriger"), ("vor", "nach"), ("für", "gegen"),
)  # fmt: skip
