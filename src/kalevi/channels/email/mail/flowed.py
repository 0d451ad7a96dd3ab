"""Text whose long lines were broken for the way (RFC 3676), put together again."""


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """Return the text with its paragraphs on one line each; quoting marks stay."""
    lines: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        signature = words in ("-- ", "--")
        flows = words.endswith(" ") and not signature
        if flows and delete_space:
            words = words[:-1]
        if open_depth == depth and not signature:
            lines[-1] += words
        else:
            lines.append((">" * depth + " " if depth else "") + words)
        open_depth = depth if flows else None
    return "\n".join(lines)
