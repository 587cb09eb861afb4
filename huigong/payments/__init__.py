"""发放 Money out: batches, bank files, replies, and the holds that stop them."""
