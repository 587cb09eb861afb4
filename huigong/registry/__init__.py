"""困难职工档案 Households, people, cards, certificates and the aid they received."""
