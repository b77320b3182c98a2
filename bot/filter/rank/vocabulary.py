"""Words and short phrases of English and what each is a sign of: one look-up a word, no pattern a category.

Chosen by hand; no word has a weight of its own, only its category has. Phrases are two or three words.
"""

from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CATEGORIES: dict[str, str] = {
    "reason": "because cuz coz since therefore hence thus reason reasons due why|so that|as a result|that's why"
    "|due to"
    "|which means|in order|so it|so they|so you|leads to|lead to",
    "contrast": "but however although though unless except instead rather whereas while despite otherwise still yet"
    "|on the other|even if|even though|not only|as long|apart from",
    "example": "example instance e.g eg such like including namely specifically|for example|for instance|such as",
    "advice": "should must better recommend suggest advise ensure avoid try consider careful need needs"
    " required require"
    " apply prepare bring check confirm make sure depends advisable|you can|you could|you may|you need|you have"
    "|have to"
    "|has to|make sure|if you|you should|better to|i'd suggest|i would|go to|go for|you will|you'll need|just go"
    "|try to|you get|you must|best to",
    "pointer": "located near behind beside opposite next street road branch website site number tel phone call"
    " contact"
    " visit office centre center available open opposite corner area floor counter|next to|go to|close to|in front"
    "|you can find|near the|located in|contact the|call the|check with|check the|opposite to|ask for",
    "witness": "my experience|in my case|my husband|my wife|my friend|my son|my daughter|my kids|my company|my"
    " team|my job"
    "|my boss|my clients|our clients|our customers|my customers|my business|as an owner|i work|i own|i've been"
    "|i have been"
    "|we have been|i've seen|i have seen|in our|at my|i know",
    "outcome": "rose fell doubled halved tripled improved grew increased decreased saved stayed recovered failed"
    " result results happened reduced gained effect outcome shrank vanished|nothing moved|nothing happened"
    "|nothing changed"
    "|nobody noticed|no one noticed|made no|worked well|worked fine|turned out|ended up|since then"
    "|went up|went down|no longer|led to",
    "hedge": "maybe perhaps probably possibly might guess suppose seems seem apparently likely generally"
    " usually sometimes"
    " somewhat depends could|i think|i guess|i suppose|not sure|i believe|it depends|as far|i feel|kind of|sort of"
    "|i heard|i hope",
    "unknowing": "idk dunno clueless|don't know|dont know|no idea|not sure|have no|no clue|never heard|can't"
    " say|who knows"
    "|do not know|hard to say"
    "|hard to name|difficult to say|lots of things|many things|all sorts|it varies|to each their|different opinions"
    "|many opinions|yes and no|it depends|i suppose",
    "thanks": "thank thanks thx thnx thankyou ty appreciate appreciated grateful cheers tnx|thank you|thanks"
    " for|thanks to",
    "laughter": "lol lmao rofl haha hahaha hahahaha hehe hehehe heheh hahah hah ha lolz lolll hihi xd joke"
    " joking kidding"
    " funny hilarious",
    "wish": "luck hope wish wishing congrats congratulations bless pray enjoy welcome happy best|good luck|all"
    " the best"
    "|best of|hope you|wish you|god bless|take care",
    "greeting": "hi hello hey dear bro sir madam guys brother friend mate man dude buddy folks salam greetings regards",
    "sarcasm": "yeah obviously sure genius duh seriously really wow ooh oh ah aha omg wtf whatever gosh huh hmm"
    " hmmm yay"
    " sigh|oh yes|oh no|yeah right|of course|come on|are you|so what",
    "thread": "thread topic forum posted op poster question answer reply"
    " replies search"
    " googled google troll spam ad advert mod mods deleted edited|this thread|this post|this topic|your post"
    "|your question"
    "|this question|the op|already been|been discussed|asked before|search the|the search|q l|private message"
    "|inbox you",
    "me_too": "+ same agree agreed too ditto exactly true indeed also second right correct|me too|same here|i agree"
    "|i second|agree with|you're right|well said|so true|same question|same problem|same thing|also looking|also want"
    "|also interested",
    "asks_others": "anybody anyone somebody someone tell|let me|tell me|do you|did you|can you|could you|have"
    " you|are you"
    "|what is|how much|any idea|anyone know|pm me|send me|let us|where is|what are|is there|is it|which one|why do"
    "|what do|why don't|what kind|looking for|i need|i want|interested in|please advise|how about|what about"
    "|where did"
    "|who is|your email|your number|email me",
    "negation": "not no never none nothing nobody neither nor cannot can't cant don't dont doesn't doesnt"
    " didn't isn't"
    " aren't won't wouldn't shouldn't without wasn't",
    "sale": "sale sell selling price prices discount offer offers buy cheap free deal rent rental deposit|for sale"
    "|for free|buy now|check out",
    "place": "street road mall airport city center centre souq school hospital clinic bank shop store market"
    " restaurant"
    " hotel villa building church embassy ministry office park beach university town village neighborhood downtown"
    " library bus train station county state",
    "money": "qr qar qrs riyal riyals dollar dollars usd euro euros pound pounds fee fees cost costs salary pay"
    " paid tax"
    " taxes income budget wage wages expensive money payment bill bills insurance fund funding percent",
    "time": "minutes hours hour day days week weeks month months year years today yesterday tomorrow morning evening"
    " night am pm january february march april june july august september october november december monday tuesday"
    " wednesday thursday friday saturday sunday|last year|last month|last week|years ago|months ago",
    "law": "law laws legal illegal visa permit passport license licence certificate document documents sponsor"
    " contract"
    " rule rules regulation regulations court police immigration authority government ministry policy degree"
    " attested attestation id rights immigration noc exit residence rp",
    "abstract": "success successful approach strategy strategies quality value values trust relevance"
    " consistency essential"
    " crucial key brand brands solution solutions potential effective innovative balanced holistic sustainable"
    " overall"
    " society future important opportunity opportunities growth meaningful journey landscape",
    "compare": "than less fewer only least most already actually even compared|more than|less than|no more|at"
    " least|rather than"
    "|such as|the only|not only|as well as|in fact|already have",
    "policy": "tax taxes government law laws budget vote voters election party council city county state"
    " federal welfare"
    " housing education health school schools economy economic public policy regulations system income minimum wage",
    "possible": "can allowed possible available once upon|you can|u can|can get|you will|when you|once you|as you"
    "|yes you|you like|if you|can be|will be|can also|does not|no problem",
    "states": "it's there here is are|is a|there is|there are|it's a|is the|is not|are the|they are|they have|is very"
    "|number of|lots of|lot of|compared to|as well|as far as|as long as|far as",
    "plea": "sorry please pls plz wonder wondering am im could|i am|i'm|i need|so please|i wonder|could you|would be",
    "wh": "what who where which whom whose how why when",
    "profile": "household household's qualification|i live|i lived|household income|i consider|my highest|i identify"
    "|years old|years of age|my age|my income|i speak|i was born|my gender|i voted|i support|i understand"
    "|i can explain",
    "proper": "dr plaza mall tower roundabout avenue al abu saint mr mrs st",
    "people": "people residents citizens workers employees owners parents children kids students community"
    " families family"
    " business businesses customers employers tenants drivers women men public everyone",
    "second": "you your you're you'll you've ur u yours yourself",
    "first": "i my me i'm i've i'd mine we our us i'll myself",
    "third": "he she they them their his her its him it",
    "affirm": "yes yeah yep yup ya sure definitely absolutely certainly ok okay of",
    "insult": "stupid idiot idiots fool moron dumb crap shit fuck fucking damn hell ass bitch poop suck sucks"
    " hate ugly"
    " shame crazy racist ridiculous boring",
    "opinion": "good best nice great excellent bad worst worse better important easy hard difficult beautiful"
    " safe strict"
    " fair wrong love",
    "need": "need needs needed must should more less fewer increase decrease reduce improve support provide"
    " build create"
    " allow stop ban enforce require fund invest encourage expand protect limit ensure implement|we need|need"
    " to|needs to"
    "|should be|there should|it should|we should|must be|ought to",
    "demand": "should shouldn't must need needs ought required require|has to|have to|needs to|need to",
}

# Everybody's words: they carry no subject.
COMMON = _words(
    "the a an and that this with for but not are was were has have had will would could should can may might"
    " must been"
    " being from into onto over under than then them they their there these those what when where which who"
    " whom whose"
    " why how you your yours our ours its his her him she he all any some each every both few more most other"
    " others such"
    " only own same very just too also even still yet ever never always often sometimes usually really quite"
    " rather almost"
    " much many lot lots thing things something anything everything nothing someone anyone everyone way ways"
    " one two make makes made making take takes get gets got getting give gives go goes going come comes know knows"
    " think thinks see sees say says said tell want wants need needs use uses used try good better best nice bad"
    " right sure well like about because while after before since until again here now today back out off down"
    " around through between does did doing done don't dont doesn't didn't can't cant it's its i'm im i've"
    " that's isn't yes"
    " yeah no ok okay maybe perhaps let put keep look of in on at to is it i me my we us be do if or as by so up he's"
    " u ur they're you're there's what's lol please pls thanks thank hi hello"
)
PAST = _words(
    "ate became began bought brought broke built came caught chose cut did drew drove fell felt forgot fought"
    " found gave"
    " got grew had heard held hired kept knew lost made met moved paid put quit ran read said saw sent set sold spent"
    " spoke started taught thought told took tried understood used went won wrote been done gone seen run"
)
NO_DEEDS = _words("need indeed agreed based interested tired bored related supposed excited confused feed speed")
ENGLISH_SIGNS = _words(
    "the of and to in is it that you for are with this be have not they at we your can will if there what my all"
    " would about get just do so me but how who which when out up more no some them i i'm don't was as or from"
    " has had"
    " should an by yes than been their our these those because also very it's good need more people"
)
FOREIGN_SIGNS = _words(
    "der die das und ist nicht ich wir ein eine einen mit für auf den dem sich auch es zu von wie sind haben"
    " habe war wenn"
    " weil oder aber nur noch nach bei aus über unsere meine que los las una por con para como pero muy del el"
    " la lo se"
    " es un en y mi nos hace porque les des est une dans pour avec plus nous vous je il ne pas sur ce qui au du mais"
    " ont sont et le os não uma com mais dos da na em eu het een van niet wij ik met zijn che di della sono per"
    " non ho"
    " anche questo più je w i na się nie to jest och att det som på inte jag vi av är og ikke jeg danke gracias"
    " merci obrigado"
    " grazie hola bonjour hallo ja nein oui non genau tolle"
)


@lru_cache(maxsize=1)
def load_words() -> dict[str, tuple[str, ...]]:
    """Return word or phrase → the names of its categories."""
    found: dict[str, list[str]] = {}
    for category, listed in CATEGORIES.items():
        single, *phrases = listed.split("|")
        for each in dict.fromkeys((*single.split(), *phrases)):
            found.setdefault(each, []).append(category)
    return {word: tuple(categories) for word, categories in found.items()}


@lru_cache(maxsize=1)
def load_openings() -> dict[str, frozenset[str]]:
    """Return for each word that an entry is or begins with the words that may come next in one."""
    found: dict[str, set[str]] = {}
    for entry in load_words():
        first, *rest = entry.split()
        found.setdefault(first, set()).update(rest[:1])
    return {first: frozenset(seconds) for first, seconds in found.items()}


@lru_cache(maxsize=1)
def load_known() -> frozenset[str]:
    return COMMON | frozenset(load_words())


@lru_cache(maxsize=1)
def _load_english() -> frozenset[str]:
    return (COMMON | ENGLISH_SIGNS | frozenset(load_words())) - FOREIGN_SIGNS


def is_english(tokens: list[str], language: str) -> bool:
    """Whether the English vocabulary may judge: by the language that was found, else by the commonest words."""
    if language:
        return language == "en"
    words = set(tokens)
    foreign = 0 if "".join(words).isascii() else sum(not word.isascii() for word in words)
    return len(words & _load_english()) > len(words & FOREIGN_SIGNS) + foreign
