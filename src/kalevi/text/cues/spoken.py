"""How Finnish cue words are said and typed in everyday speech: "olisi" as "ois", "saanut" as "saanu".

A list of cue words is written in the standard language. Customers write as they talk, so each listed word is
also met in the spoken forms of it that these rules make. The rules hold all over the country; what only one
dialect does is left out.
"""

from collections.abc import Iterator

# A word that ends so is also met ending so; the first row that fits holds.
ENDINGS = (
    ("isitteko", ("isitteks",)),
    ("taisiin", ("tais", "taisi")),
    ("isivat", ("isi", "is")),
    ("isiko", ("isko", "isiks")),
    ("isikö", ("iskö", "isiks")),
    ("taisi", ("tais", "tas")),
    ("täisi", ("täis", "täs")),
    ("isi", ("is",)),
    ("ovatko", ("onko", "onks")),
    ("vätkö", ("ks",)),
    ("ko", ("ks",)),
    ("kö", ("ks",)),
    ("nut", ("nu",)),
    ("nyt", ("ny",)),
    ("llut", ("llu",)),
    ("llyt", ("lly",)),
    ("ssut", ("ssu",)),
    ("ssyt", ("ssy",)),
)
# Everyday words that no rule of endings makes; an empty row keeps a word from the rules.
WORDS: dict[str, tuple[str, ...]] = {
    "olisi": ("olis", "ois"),
    "olisin": ("oisin",),
    "olisiko": ("olisko", "oisko", "oiskohan"),
    "olisipa": ("olispa", "oispa"),
    "voisipa": ("voispa",),
    "saisipa": ("saispa",),
    "haluaisi": ("haluais", "haluis"),
    "haluaisin": ("haluisin", "haluasin"),
    "toivoisin": ("toivosin",),
    "tahtoisin": ("tahtosin",),
    "tarvitsisi": ("tarvis", "tarttis", "tarviis"),
    "tarvitsen": ("tarviin", "tartten"),
    "ole": ("oo",),
    "olen": ("oon",),
    "oletteko": ("ootteko", "ootteks"),
    "en": ("emmä", "enmä"),
    "eikö": ("eiks", "eikös"),
    "mutta": ("mut",),
    "vielä": ("viel",),
    "enää": ("enään",),
    "miksi": ("miks",),
    "miksei": ("miksen", "mikset", "miksette"),
    "milloin": ("millon",),
    "minulle": ("mulle",),
    "minua": ("mua",),
    "sinä": ("sä",),
    "sinun": ("sun",),
    "kiitos": ("kiits", "kiitti"),
    "takaisin": ("takasin",),
    "tiedättekö": ("tiiättekö", "tiiätteks"),
    "josko": (),
    "ostako": (),
    "pakko": (),
}
SHORTEST = 4


def spoken(word: str) -> tuple[str, ...]:
    """The other ways in which a listed Finnish word is said, in a fixed order; none for most words."""
    return tuple(dict.fromkeys(form for form in _forms(word) if form != word))


def _forms(word: str) -> Iterator[str]:
    if word in WORDS:
        yield from WORDS[word]
        return
    for ending, others in ENDINGS:
        if word.endswith(ending) and len(word) >= SHORTEST:
            yield from (word[: -len(ending)] + other for other in others)
            return
