"""The whole way in one call: a folder of forms in, a finished campaign out."""
