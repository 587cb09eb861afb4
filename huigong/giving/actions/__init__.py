"""Money that comes, one verb a function: an appropriation by its paper, a donation with its wish; taken back where wrong."""

from huigong.giving.actions.appropriating import Came, appropriate, take_back
from huigong.giving.actions.returning import take_gift_back
from huigong.giving.actions.seeing import see
from huigong.giving.actions.taking import Gift, take_in

__all__ = ["Came", "Gift", "appropriate", "see", "take_back", "take_gift_back", "take_in"]
