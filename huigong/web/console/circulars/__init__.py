"""通知 and 标准: circulars clause by clause, and dated values with their source."""
