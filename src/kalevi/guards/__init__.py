"""Tables that the database itself keeps as they were written."""
