"""What speed costs and what another office's data does to the programme: each module is run by `python3 dev.py bench NAME`."""
