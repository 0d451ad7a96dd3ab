"""Questions sent to somebody we know: personal links, seldom enough to be welcome, never against a wish."""
