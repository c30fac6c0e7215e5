"""Each foreign library behind one of the ports, imported when it is opened."""
