"""Words for templates: the navigation."""
