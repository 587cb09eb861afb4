"""Papers, one verb a function: store, hold against erasure, lift such a hold, erase once their time is over."""

from huigong.documents.actions.erasing import Kept, erase, refuse
from huigong.documents.actions.holding import Ground, keep_back, keep_file_back, let_go
from huigong.documents.actions.storing import store

__all__ = ["Ground", "Kept", "erase", "keep_back", "keep_file_back", "let_go", "refuse", "store"]
