"""What the words tell: fillers, hedges, repeats, pauses, pace."""
