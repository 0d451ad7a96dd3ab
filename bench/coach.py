"""Server CPU of the coach looking at drafts of 200 words, in three languages, with the customer's words."""

import statistics
import time
from typing import Any

ROUNDS, WORDS = 60, 200
DRAFTS = {
    "fi": (
        "Tilasin laudat kolme viikkoa sitten eikä mitään kuulu. Olen todella pettynyt. Milloin ne tulevat?",
        (
            "Hei, olen pahoillani, että jouduit odottamaan lautoja. Vika oli meillä: tilaus jäi kirjaamatta. "
            "Selvitin asian varaston kanssa ja lähetin ne nyt. Auto on pihassasi torstaina kello 9. "
            "Soitan sinulle keskiviikkona ja varmistan, että aika sopii. "
        ),
    ),
    "sv": (
        "Jag beställde bräder för tre veckor sedan. Jag är mycket besviken. När kommer de?",
        (
            "Hej, jag är ledsen att du fick vänta på bräderna. Felet var vårt: den blev inte bokförd. "
            "Jag redde ut saken med lagret och skickade dem nu. Bilen är hos dig på torsdag klockan 9. "
        ),
    ),
    "en": (
        "I ordered the boards three weeks ago and have heard nothing. When will they come?",
        (
            "Hello, I am sorry you had to wait for the boards. It was our mistake: it was never entered. "
            "I checked with the warehouse and sent them today. The lorry is with you on Thursday at 9. "
        ),
    ),
}


def run() -> dict[str, Any]:
    """Return the median and the 95th percentile in milliseconds of CPU, by language."""
    from kalevi.text.coach import check

    figures: dict[str, float] = {}
    for language, (to, draft) in DRAFTS.items():
        words = (draft * 10).split()[:WORDS]
        taken = []
        check(" ".join(words), to=to)
        for number in range(ROUNDS):
            # Another word each time, so that nothing is answered from memory.
            begun = time.process_time()
            check(" ".join([*words[:-1], f"varasto{number}"]), to=f"{to} {number}")
            taken.append((time.process_time() - begun) * 1_000)
        figures[f"{language}_p50_ms"] = round(statistics.median(taken), 2)
        figures[f"{language}_p95_ms"] = round(statistics.quantiles(taken, n=20)[-1], 2)
    return {"figures": figures, "against": {"p95_ms": 20}}
