"""Pages that belong to no room below: language, the list of settings, the company."""
