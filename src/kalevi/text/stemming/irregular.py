"""Words whose forms no rule brings together: `irregular.tsv` lists their forms and stems beside a key."""

from kalevi.text.beside import text_beside


def irregular_words(language: str) -> dict[str, str]:
    """Form or stem -> key, for one of fi, sv, en."""
    text = text_beside(__file__, "irregular.tsv")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {form: key for tongue, key, forms in rows if tongue == language for form in forms.split()}
