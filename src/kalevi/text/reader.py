"""Reads customers' words: language, feelings, sentiment, dreams, problems, needs, themes."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from kalevi.text.reading import Feeling, Hot, Model, Reading, Theme

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_LANGUAGE_WORDS = {
    "fi": "ja on ei että en se oli mutta kun niin ole olen minä todella kiitos hyvä tuli myös sain palvelu ovat tämä",
    "sv": "och det är att inte jag en som på för av med har till var den de men tack bra mycket ni så ett",
    "en": "the and is to of a i it was not for that you my with have this but thanks good very they we be",
}
_POLARITY = {
    "positive": "kiit hyv erinom loista ihan mahta suosit tyytyv ystäv tack bra jättebra utmärkt nöjd rekommend "
    "trevlig fantastisk good great excellent thank love happy recommend friendly perfect best amazing",
    "negative": "huono kamal pettyn rikki viall myöhäs hidas surke ongelm valit vittu dålig besvik trasig sen "
    "försen problem hemsk bad terrible worst poor late broken slow rude disappoint problem awful never",
}
_HOT = {
    "dream": "toivo haav unelm olisipa önsk hoppas skulle wish hope would",
    "need": "tarvits pyyd haluan milloin miksi voitte behöv när varför kan need please when why could",
    "problem": "rikki viall myöhäs odot ongelm huono trasig sen vänta problem dålig broken late wait bad never",
}
_THEMES = {
    "delivery": "toimit paket posti kuljet lever paket deliver shipping parcel package",
    "product_quality": "tuote laatu viall rikki kvalitet produkt quality product",
    "price": "hinta hinna kall halpa pris dyr billig price expensive cheap",
    "staff_service": "palvel myyjä henkilök asiakaspalv personal betjän service staff",
    "waiting_time": "odot jono vänta kö wait queue",
    "website_app": "sivu sovell verkkok nettis webb app site website online",
    "billing": "lasku maksu faktur invoice bill charge refund",
}


def _evidence(
    words: list[tuple[int, int, str]], stems: str
) -> tuple[tuple[int, int], ...]:
    known = tuple(stems.split())
    return tuple((start, end) for start, end, word in words if word.startswith(known))


class Reader:
    """Reads texts one by one; `themes` adds own themes by seed words: {"key": ["seed", …]}."""

    def __init__(
        self,
        themes: Mapping[str, Sequence[str]] | None = None,
        weights: str | None = None,
    ) -> None:
        self._themes = dict(_THEMES)
        for key, seeds in (themes or {}).items():
            self._themes[key] = " ".join(seed.lower() for seed in seeds)
        self.model = Model("kalevi", "0.0.1")

    def read(
        self,
        texts: Sequence[str],
        language: str | None = None,
        said_at: datetime | Sequence[datetime | None] | None = None,
    ) -> list[Reading]:
        """One reading a text, in order. `language` fixes the language; else it is recognised."""
        return [self._read(text, language) for text in texts]

    def _read(self, text: str, language: str | None) -> Reading:
        lowered = text.lower()
        words = [
            (m.start(), m.end(), m.group())
            for m in _WORD.finditer(lowered if len(lowered) == len(text) else text)
        ]
        hits = {
            key: sum(w in known.split() for *_, w in words)
            for key, known in _LANGUAGE_WORDS.items()
        }
        best = max(hits, key=lambda key: hits[key])
        found = language or (best if hits[best] else "und")
        polar = {key: len(_evidence(words, stems)) for key, stems in _POLARITY.items()}
        negative, positive = polar["negative"], polar["positive"]
        sentiment = (
            "mixed"
            if negative and positive
            else "negative"
            if negative
            else "positive"
            if positive
            else "neutral"
        )
        hots = []
        for m in _SENTENCE.finditer(text):
            inside = [w for w in words if m.start() <= w[0] < m.end()]
            for kind, stems in _HOT.items():
                evidence = _evidence(inside, stems)
                if evidence:
                    hots.append(Hot(kind, m.group().strip(), m.span(), evidence, 0.5))  # type: ignore[arg-type]
        themes = tuple(
            Theme(key, evidence, 0.5)
            for key, stems in self._themes.items()
            if (evidence := _evidence(words, stems))
        )
        feelings = tuple(
            Feeling(feeling, 0.5, _evidence(words, _POLARITY[key]), 0.5)  # type: ignore[arg-type]
            for feeling, key in (("joy", "positive"), ("anger", "negative"))
            if polar[key]
        )
        scores = {
            name: 0.0
            for name in (
                "anger",
                "anticipation",
                "disgust",
                "fear",
                "joy",
                "sadness",
                "surprise",
                "trust",
            )
        }
        scores |= {f.feeling: 0.5 for f in feelings}
        total = 1 + negative + positive
        scores |= {
            "negative": negative / total,
            "neutral": 1 / total,
            "positive": positive / total,
        }
        scores |= {
            kind: float(any(h.kind == kind for h in hots))
            for kind in ("dream", "problem", "need")
        }
        scores |= {
            key: float(any(t.key == key for t in themes)) for key in self._themes
        }
        return Reading(
            text,
            found,
            sentiment,
            feelings,
            tuple(hots),
            themes,
            (),
            (),
            self.model,
            scores,  # type: ignore[arg-type]
        )


_default: list[Reader] = []


def read(
    texts: Sequence[str],
    language: str | None = None,
    said_at: datetime | Sequence[datetime | None] | None = None,
) -> list[Reading]:
    """`Reader().read(…)` with the default reader, loaded once."""
    if not _default:
        _default.append(Reader())
    return _default[0].read(texts, language, said_at)


def explain(reading: Reading) -> dict[str, list[str]]:
    """Which words spoke for each finding."""
    found = {
        **{f.feeling: f.evidence for f in reading.feelings},
        **{t.key: t.evidence for t in reading.themes},
    }
    return {
        key: [reading.text[a:b] for a, b in evidence] for key, evidence in found.items()
    }
