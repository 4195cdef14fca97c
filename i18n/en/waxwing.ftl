# Texts of Waxwing in English. Every id stands in each language.
