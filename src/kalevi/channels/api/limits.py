"""How often other systems may ask: by token, by address, and with wrong tokens."""

from kalevi.shell.buckets import Buckets

PER_TOKEN = Buckets(burst=600, a_second=20)
PER_ADDRESS = Buckets(burst=1_200, a_second=40)
# Guessing tokens: whoever shows wrong ones waits long.
WRONG_TOKENS = Buckets(burst=20, a_second=0.2)


def forget() -> None:
    """Let everybody ask anew; for tests."""
    for buckets in (PER_TOKEN, PER_ADDRESS, WRONG_TOKENS):
        buckets.clear()
