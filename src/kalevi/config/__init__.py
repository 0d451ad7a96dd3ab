"""Settings and addresses: the only place that knows all rooms.

SQLite comes from pysqlite3: the SQLite of Debian 12 can lose a write-ahead log (fixed in 3.51.3).
"""

import sys

import pysqlite3
import pysqlite3.dbapi2

# The swap must come before Django's database backend is imported.
sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
