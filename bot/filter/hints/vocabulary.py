"""The words of the hints: who writes for whom, and what turns a statement round. In lower case, chosen by hand."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ---------------------------------------------------------------- senders

FREE_MAIL = _words(
    "gmail.com googlemail.com yahoo.com ymail.com outlook.com hotmail.com live.com msn.com icloud.com me.com mac.com"
    " aol.com proton.me protonmail.com pm.me fastmail.com hey.com zoho.com mail.com mail.ru yandex.com yandex.ru gmx.de"
    " gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de posteo.de mailbox.org tutanota.com tuta.io arcor.de"
    " orange.fr free.fr laposte.net wanadoo.fr libero.it qq.com 163.com naver.com"
)
"""Where everybody may have a mailbox."""
PUBLIC_PAGES = _words(
    "linkedin.com twitter.com x.com facebook.com instagram.com youtube.com youtu.be tiktok.com github.com medium.com"
    " substack.com bsky.app mastodon.social t.me wa.me whatsapp.com calendly.com google.com bit.ly linktr.ee"
    " wikipedia.org reddit.com discord.gg apple.com"
)
"""Where everybody may have a page."""
SECOND_LEVEL = _words("co com org net ac gov edu or ne")
"""Below a country's domain: example.co.uk is one name."""
ROLES = _words(
    "ceo cto cfo cmo coo founder cofounder founders head director manager editor president partner owner consultant"
    " lead officer specialist strategist engineer analyst publicist spokesperson spokesman representative"
    " gründer gründerin mitgründer geschäftsführer geschäftsführerin inhaber inhaberin leiter leiterin sprecher"
    " sprecherin chef chefin referent referentin berater beraterin"
)
WORKS = ROLES | _words("work works working arbeite arbeiten")
HOUSES = _words(
    "agency agentur behalf auftrag communications kommunikation consulting group gruppe studio studios media medien"
    " labs press presse pr gmbh ltd llc inc ag plc university universität institute institut"
)
"""Of a line below a letter: it names more than a person."""

# ---------------------------------------------------------------- statements

SMALL = _words(
    "a an the i we my our is are am be been has have do does did that and so just really very also any"
    " der die das den dem ein eine einen einem einer ich wir mein meine unser unsere ist sind hat haben und dass auch"
    " sehr"
)
"""What may be otherwise in two statements of the same. No "was" and no "had": what was before is no contradiction."""
DENYING = {
    **dict.fromkeys(_words("not no never none cannot nicht nie niemals kein keine keinen keinem keiner keines"), ""),
    "without": "with",
    "ohne": "mit",
    "can't": "can",
    "won't": "will",
    "shan't": "shall",
}
"""A word that denies → what it stands for."""
OPPOSED = {
    "fell": "rose", "falls": "rises", "fall": "rise", "decreased": "increased", "decrease": "increase",
    "down": "up", "lost": "gained", "lose": "gain", "stopped": "started", "stop": "start", "worse": "better",
    "worst": "best", "less": "more", "fewer": "more", "lower": "higher", "low": "high", "worsened": "improved",
    "dropped": "kept", "sank": "stieg", "sanken": "stiegen", "weniger": "mehr", "schlechter": "besser",
    "schlecht": "gut", "niedriger": "höher",
}  # fmt: skip
"""A word → its contrary, which stands for both."""
SAME = {"%": "percent", "prozent": "percent"}
FIGURES = {
    word: str(number)
    for words in (
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        ("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"),
    )
    for number, word in enumerate(words)
}
