"""Who did what to whose data: append-only and chained."""
