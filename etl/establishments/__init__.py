"""Establishments of the whole country, by tens of millions, placed in communes, EPCI and territoires.

The same functions run here, part after part in bounded memory, or on the workers of a Dask scheduler: the bytes that
they write are equal.
"""
