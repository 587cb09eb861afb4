"""保全和销毁: what is kept back by a legal hold, what is over, and erasing it."""
