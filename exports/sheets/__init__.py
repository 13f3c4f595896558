"""Sheets as pages: the blocks of a site, of a region, of a territoire, ready for the template ``document``."""
