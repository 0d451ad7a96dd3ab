"""The base page, components and navigation: imports no room below."""
