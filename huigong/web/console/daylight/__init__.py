"""What everybody may check: public notices and where they hung, objections, places and funds, the ranking round."""
