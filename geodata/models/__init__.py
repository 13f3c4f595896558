"""The shapes of long answers: frozen classes without a line of logic, which views and exports may know."""
