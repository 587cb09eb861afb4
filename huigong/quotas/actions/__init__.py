"""Places, one verb a function: allot by the annex, follow a table that divides them, move down the tree and back; say what kind of money a source is, and keep its rules."""

from huigong.quotas.actions.allotting import allot
from huigong.quotas.actions.following import follow
from huigong.quotas.actions.moving import Places, PlacesRefusedError, move
from huigong.quotas.actions.sources import keep_rule, keep_source

__all__ = ["Places", "PlacesRefusedError", "allot", "follow", "keep_rule", "keep_source", "move"]
