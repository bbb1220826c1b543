"""Count, once, in how many news articles a word stands: the background that words of a story are weighed against.

    python training/background.py --articles worldwide_ner.jsonl.gz polnear.train.jsonl.gz --out tellings/lexicons

Writes `background.txt` (word, articles that hold it, those that hold it in lower case) and
`not_places.txt` (names of the gazetteer that news means as something else more often than as a
place). Counts only; no text is kept.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from pathlib import Path

from tellings.annotate.gazetteers import entries, exists, key
from tellings.text import View

LEAST = 3
SOURCE = (
    "# Counted by training/background.py in {n} news articles of English Worldwide Newswire and PolNeAR; counts only."
)


def main() -> None:
    """Read the articles, write both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    documents, small, as_place, as_other = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    total = 0
    for path in args.articles:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                text = row["text"]
                total += 1
                words = View("", text).words()
                documents.update({word for word, _ in words if word.isalpha()})
                small.update({word for word, span in words if word.isalpha() and span.cut(text).islower()})
                for mention in row.get("mentions", ()):
                    name = text[mention["start"] : mention["end"]]
                    if mention["kind"] == "place":
                        as_place[key(name)] += 1
                    else:
                        parts = re.findall(r"[^\W\d_]+", name)
                        as_other.update({key(name), *(key(part) for part in parts if part[:1].isupper())})
    head = SOURCE.format(n=total)
    kept = sorted(word for word, n in documents.items() if n >= LEAST and len(word) > 1)
    lines = [
        head,
        f"# word, articles of {total} that hold it, those that hold it in lower case",
        f"articles\t{total}\t0",
    ]
    lines += [f"{word}\t{documents[word]}\t{small[word]}" for word in kept if word != "articles"]
    (args.out / "background.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def large(name: str) -> bool:
        # A country, region or great city is meant often enough; its neighbours in the text decide.
        held = entries(name)[0]
        return held.kind in ("country", "region", "area", "capital") or held.population > 300_000

    other = sorted(
        name
        for name, n in as_other.items()
        if n >= 3 and n > 2 * as_place[name] and " " not in name and len(name) > 1 and exists(name) and not large(name)
    )
    common = sorted(
        word
        for word, n in small.items()
        if 3 * n > documents[word] and n >= 2 and exists(key(word)) and entries(key(word))[0].kind != "country"
    )
    lines = [
        head,
        "# Names of the gazetteer that mostly mean something else: common words, parts of persons' and firms' names.",
    ]
    lines += sorted({*other, *common})
    (args.out / "not_places.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{total} articles, {len(kept)} words, {len(other)} names and {len(common)} words that are no places")


if __name__ == "__main__":
    main()
