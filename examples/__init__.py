"""Small invented inputs that ship with the programme, and what makes them."""
