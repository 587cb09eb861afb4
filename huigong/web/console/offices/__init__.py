"""单位 and 人员: the tree of unions, who serves where, who stands in, and what was signed on paper."""
