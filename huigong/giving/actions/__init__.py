"""Money that comes, one verb a function: an appropriation by its paper, taken back where it was wrong; a donation."""

from huigong.giving.actions.appropriating import Came, appropriate, take_back
from huigong.giving.actions.taking import Gift, take_in

__all__ = ["Came", "Gift", "appropriate", "take_back", "take_in"]
