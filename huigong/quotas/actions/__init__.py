"""Places, one verb a function: allot by a table, and move down the tree and back."""

from huigong.quotas.actions.allotting import allot
from huigong.quotas.actions.moving import Places, PlacesRefusedError, move

__all__ = ["Places", "PlacesRefusedError", "allot", "move"]
