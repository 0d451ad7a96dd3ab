"""Takes 100,000 answers of a survey away as CSV, in which no cell begins a formula, and as Parquet.

Answers are received, understood and stored as always, then written to a file by the code of the page
in a process of its own, as the web server is one.
KALEVI_BENCH_ANSWERS changes how many.
"""

import os
import re
from typing import Any

from bench import _served as served

MANY = int(os.environ.get("KALEVI_BENCH_ANSWERS", "100000"))


def run() -> dict[str, Any]:
    """Return seconds of the best of three, and what the file holds."""
    with served.folder() as home:
        environment = served.environment(home / "home", served.free_port())
        served.make_surveys(environment, 1)
        served.call(environment, _FILL.replace("MANY", str(MANY)).replace("WORDS", repr(served.WORDS)))
        found = re.findall(r"(\w+) ([\d.]+)", served.call(environment, _EXPORT))
    return {
        "figures": {name: float(value) for name, value in found},
        "against": {"csv_s": 1.0, "parquet_s": 1.0},
    }


_FILL = """
from datetime import timedelta
from django.db import connection, transaction
from django.utils import timezone
from kalevi.channels.survey.models import Survey
from kalevi.channels.survey.raw import Circumstances, packed, scope_of
from kalevi.channels.survey.tasks import understand_answers
from kalevi.interactions.intake import Arrival, receive
survey, now = Survey.objects.get(), timezone.now()
how = Circumstances(survey.current_id, "fi")
begins = ("", "=", "+", "-", "@", "%09", "'=")
with connection.cursor() as cursor:
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA synchronous = OFF")
for start in range(0, MANY, 2000):
    arrivals = []
    for number in range(start, min(start + 2000, MANY)):
        form = WORDS.format(number).replace("words=", "words=" + begins[number % 7], 1).encode()
        arrivals.append(Arrival(number.to_bytes(16, "big"), b"", packed(how, form)))
    at, scope = now + timedelta(seconds=start), scope_of(survey.pk)
    with transaction.atomic():
        receive(source="survey", scope=scope, arrivals=arrivals, at=at)
understand_answers.call()
"""
_EXPORT = """
import csv, os, tempfile, time
from kalevi.channels.survey.exporting import as_csv, as_parquet
from kalevi.channels.survey.models import Survey
from kalevi.config.serving import settle
settle()  # as the web server does once it has loaded everything
path = os.path.join(os.environ["KALEVI_HOME"], "answers.csv")
survey = Survey.objects.get()
def write():
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.writelines(as_csv(survey))
def timed(name, do):
    taken, worked = [], []
    for _round in range(3):
        begun, before = time.perf_counter(), time.process_time()
        do()
        taken.append(time.perf_counter() - begun)
        worked.append(time.process_time() - before)
    print(name + "_s", round(min(taken), 3), name + "_cpu_s", round(min(worked), 3))
timed("csv", write)
with open(path, encoding="utf-8-sig", newline="") as file:
    rows = list(csv.reader(file))
formulas = sum(cell[:1] in "=+-@\\t\\r" for row in rows for cell in row if cell)
with tempfile.TemporaryDirectory(dir=os.environ["KALEVI_HOME"]) as folder:
    timed("parquet", lambda: as_parquet(survey, folder))
    made = os.path.join(folder, "rows.parquet")
    import duckdb
    [[again]] = duckdb.execute("SELECT count(words) FROM read_parquet(?)", [made]).fetchall()
    small = os.path.getsize(made)
print("rows", len(rows) - 1, "parquet_rows", again, "columns", len(rows[0]), "formulas", formulas,
    "csv_megabytes", round(os.path.getsize(path) / 1e6, 1), "parquet_megabytes", round(small / 1e6, 1))
"""
