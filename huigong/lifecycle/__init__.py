"""流程 The one advance(): the only writer of a status."""
