"""惠工 Huigong: a trade union's aid, from the circular to the money on a student's card."""

__version__ = "0.1.0"
