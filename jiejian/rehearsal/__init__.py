"""Rehearsals: bots play a whole workshop against the served product, as phones would."""
