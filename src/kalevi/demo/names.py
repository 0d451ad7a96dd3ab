"""Names and addresses for customers who do not exist; addresses use reserved names only."""

import unicodedata
from random import Random

from kalevi.demo.material import company

_DOMAINS = ("example.fi", "example.com", "example.org")


class Names:
    """Draws full names by language and gives every customer an address of their own."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._taken: set[str] = {person["name"] for person in company()["personas"].values()}
        self._addresses: set[str] = set()

    def draw(self, language: str) -> str:
        """Return a name nobody has yet."""
        material = company()
        while True:
            if language == "en":
                pairs = [name.split(" ", 1) for name in material["names_foreign"]]
                name = f"{self._chance.choice(pairs)[0]} {self._chance.choice(pairs)[1]}"
            else:
                kind = "sv" if language == "sv" else "fi"
                first = self._chance.choice(material[f"first_names_{kind}"])
                name = f"{first} {self._chance.choice(material[f'surnames_{kind}'])}"
            if name not in self._taken:
                self._taken.add(name)
                return name
            if self._chance.random() < 0.05:
                return name

    def email(self, name: str, account: str = "") -> str:
        """Return an unused address made of a name, at the account's domain when there is one."""
        local = ".".join(plain(part) for part in name.split())
        domain = f"{plain(account)[:30]}.example" if account else self._chance.choice(_DOMAINS)
        address, number = f"{local}@{domain}", 1
        while address in self._addresses:
            number += 1
            address = f"{local}{number}@{domain}"
        self._addresses.add(address)
        return address

    def phone(self) -> str:
        """Return a number that no operator gives out."""
        return f"+358 457 000 {self._chance.randrange(10_000):04d}"


def plain(text: str) -> str:
    """Return the letters and digits of a text in small ASCII."""
    folded = unicodedata.normalize("NFKD", text.lower().replace("ł", "l").replace("ø", "o"))
    return "".join(letter for letter in folded if letter.isascii() and letter.isalnum())
