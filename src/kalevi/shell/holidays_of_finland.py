"""The public holidays of Finland by name, as a Finn, a Finland-Swede and an Englishman call them."""

from datetime import date
from functools import lru_cache

LANGUAGES = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}
# Where the list in use says it otherwise than almanacs in Finland do.
SAID_HERE = {
    "Trettondag": "Trettondagen",
    "Pingst": "Pingstdagen",
    "Second Day of Christmas": "Boxing Day",
    "Pentecost": "Whit Sunday",
}


@lru_cache(maxsize=64)
def public_holidays(year: int, language: str = "fi") -> dict[date, str]:
    """Date -> name of the Finnish public holidays of a year, in date order; language is fi, sv or en."""
    import holidays  # heavy, and few pages need it

    found = holidays.country_holidays("FI", years=year, language=LANGUAGES.get(language, "en_US"))
    return {
        day: SAID_HERE.get(str(name), str(name)) for day, name in sorted(found.items()) if day.year == year
    }
