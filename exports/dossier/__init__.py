"""The investor’s dossier: chosen sites with their facts, their standing and what remains to be asked."""
