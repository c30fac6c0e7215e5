"""Sets this folder up, in words: what is installed, why, and how far it has come.

Whatever is there already costs a glance. Needs nothing but Python itself.
"""
