"""An invented city: people, families, units and their forms, with the truth about every cell. For benchmarks and examples."""
