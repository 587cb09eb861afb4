"""指标 Places of one fund source, handed down."""
