"""One report -> what it says: furniture, sentences, words, mentions, quantities, times, places, who said what."""
