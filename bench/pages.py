"""Server time of the Interactions and Customer pages among 1,000,000 interactions (Django test client)."""

import time
from typing import Any

from bench import _million as million

ROUNDS = 15
LIMIT_MS = 100
PAGES = {
    "plain": "",
    "feeling": "?feeling=joy",
    "hot": "?hot=dream",
    "theme": "?theme=delivery",
    "mark": "?mark=first_time",
    "sentiment": "?sentiment=negative",
    "touchpoint": "?touchpoint=bench-0",
    "rare_touchpoint": "?touchpoint=bench-11",
    "language": "?language=sv",
    "channel": "?channel=survey",
    "rare_channel": "?channel=post",
    "channels_that_rarely_meet": "?channel=post&feeling=disgust&language=en",
    "time": "?since=2025-06-01&until=2025-06-30",
    "common_that_rarely_meet": "?feeling=anger&feeling=joy&sentiment=positive&theme=complaint_handling",
    "rare_and_common": "?mark=despair&language=en&touchpoint=bench-0",
    "all_kinds": "?feeling=joy&hot=need&theme=delivery&sentiment=positive&language=fi&touchpoint=bench-1",
    "deep": "?feeling=joy&before=1900000000000000000",
}
SEARCHES = {
    "common_word": ("tilaus", ""),
    "two_words": ("kiitos palvelusta", ""),
    "rare_word": ("kaljaasi", ""),
    "word_and_filters": ("laituri", "?feeling=anger&touchpoint=bench-11"),
    "words_that_never_meet": ("och tilaus", "?sentiment=positive"),
}


def run() -> dict[str, Any]:
    """Return p50 and p95 of every page in milliseconds, and over all of them; `cpu` leaves waiting out."""
    million.prepare()
    from django.conf import settings
    from django.test import Client

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.ALLOWED_HOSTS.append("testserver")
    from kalevi.config.serving import settle
    from kalevi.people.models import Colleague

    client = Client()
    client.force_login(Colleague.objects.get(email="bench@example.fi"))
    settle()  # as the server does before it serves
    figures: dict[str, float] = {}
    every: list[float] = []
    cpu: list[float] = []
    for name, query in PAGES.items():
        every += _measure(figures, cpu, client, f"interactions_{name}", f"/interactions/{query}")
    for name, (words, query) in SEARCHES.items():
        address = client.post(f"/interactions/search/{query}", {"words": words}).headers["Location"]
        every += _measure(figures, cpu, client, f"search_{name}", address)
    figures["interactions_page_p95_ms"] = _share(every, 0.95)
    figures["interactions_page_slowest_ms"] = round(max(every), 1)
    figures["interactions_page_cpu_p95_ms"] = _share(cpu, 0.95)
    cpu.clear()
    busy = _measure(figures, cpu, client, "customer_with_5000_interactions", "/customers/1/")
    usual = _measure(figures, cpu, client, "customer_usual", "/customers/77/")
    figures["customer_page_p95_ms"] = _share(busy + usual, 0.95)
    figures["customer_page_cpu_p95_ms"] = _share(cpu, 0.95)
    _measure(figures, cpu, client, "customers_list", "/customers/")
    client.post("/customers/search/", {"words": "Öberg Åsa"})
    _measure(figures, cpu, client, "customers_search", "/customers/?search=yes")
    return {"figures": figures, "against": f"{LIMIT_MS} ms of server time a page"}


def _measure(
    figures: dict[str, float], cpu: list[float], client: Any, name: str, address: str
) -> list[float]:
    taken = []
    for _round in range(ROUNDS + 1):
        begun, worked = time.perf_counter(), time.process_time()
        answer = client.get(address)
        taken.append((time.perf_counter() - begun) * 1_000)
        cpu.append((time.process_time() - worked) * 1_000)
        if answer.status_code != 200:
            raise RuntimeError(f"{name} answered {answer.status_code}")
    # The first answer also loads templates and translations.
    figures[f"{name}_p50_ms"], figures[f"{name}_p95_ms"] = _share(taken[1:], 0.5), _share(taken[1:], 0.95)
    return taken[1:]


def _share(taken: list[float], share: float) -> float:
    ordered = sorted(taken)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)
