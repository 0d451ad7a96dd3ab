"""Words from files: exports of other systems, and any table."""
