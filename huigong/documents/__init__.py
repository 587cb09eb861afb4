"""材料 Encrypted, content-addressed papers and originals."""
