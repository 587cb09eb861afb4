"""收表 Files in: registration forms, their rows, and the papers that came with them."""
