"""What DuckDB selects, as a Parquet file."""

import os


def to_parquet(select: str, *, folder: str, megabytes: int = 512, threads: int = 1) -> str:
    """Write what a statement of ours selects into a folder; return the path. It may use so much memory."""
    import duckdb

    target = os.path.join(folder, "rows.parquet")
    with duckdb.connect() as database:
        database.execute(f"SET threads = {threads}; SET enable_progress_bar = false")
        database.execute(f"SET memory_limit = '{megabytes}MiB'")
        database.execute(f"SET temp_directory = '{quoted(folder)}'")
        database.execute(
            f"COPY ({select}) TO '{quoted(target)}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20000)"
        )
    return target


def quoted(text: str) -> str:
    """Return a text as it stands between apostrophes."""
    return text.replace("'", "''")
