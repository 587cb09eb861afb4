"""通知 Published circulars and the campaigns under them."""
