"""Pages of the channel: whom we asked and why not, the rules, and where a person says no more."""
