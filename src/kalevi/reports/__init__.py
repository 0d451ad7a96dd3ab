"""Pages that read every room and write to none."""
