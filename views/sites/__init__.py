"""The site finder: its form, its ranked list, its marks on the map, its comparison."""
