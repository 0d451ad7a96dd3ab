"""Reading raw mail: bytes in, plain values out; nothing here raises for bad input but `UnreadableError`."""
