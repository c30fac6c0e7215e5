"""Hostile files, made by the thousand: what reads them must end soon, with a plain sentence."""
