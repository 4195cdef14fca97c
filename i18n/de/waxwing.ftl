# Texte von Waxwing auf Deutsch. Jede Kennung steht in jeder Sprache.
