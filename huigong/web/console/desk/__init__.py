"""审核台: the paper on the left, the criteria on the right, and what a family is told."""
