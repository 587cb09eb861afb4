"""申请: the queue and its lists, one application, and what is done to one or to many."""
