"""The columns of a table, or keys of JSON, that hold the text and its label: those that are named, or usual ones."""

from __future__ import annotations

from collections.abc import Sequence

from rnn_tui.text import cited, clipped

TEXTS = (
    *("text", "texts", "review", "reviews", "sentence", "sentences", "v2", "headline", "tweet", "tweets", "comment"),
    *("comment_text", "message", "sms", "content", "body", "document", "question", "utterance", "phrase", "post"),
    *("review_text", "reviewtext", "review_body", "review body", "text_clean", "clean_text", "tweet_text", "full_text"),
    *("selected_text", "description", "news", "article", "abstract", "title", "subject", "query", "email", "name"),
)
LABELS = (
    *("label", "labels", "sentiment", "v1", "target", "category", "class", "class index", "airline_sentiment"),
    *("emotion", "emotions", "polarity", "intent", "topic", "rating", "ratings", "stars", "star_rating", "overall"),
    *("score", "is_sarcastic", "sarcasm", "spam", "is_spam", "toxic", "genre", "label_text", "label_name"),
    *("target_name", "class_name", "class_label", "class label", "language", "humor", "humour", "irony", "stance"),
    *("country", "nationality"),
)
"""The usual names of a text's column and of a label's, those that say most first."""
WORDS = ("form", "word", "words", "token", "tokens")
TAGS = ("upos", "pos", "tag", "tags", "ner", "ner_tags", "pos_tags", "pos_tag", "label", "labels", "xpos")
"""The usual names of a column with a word a row and of one with its tag."""
_MOST_NAMED = 12


def known(names: Sequence[str]) -> list[str]:
    """The names of columns as they are compared."""
    return [name.strip().strip("\ufeff").casefold() for name in names]


def usual(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    """The index of the first of the usual names that is among `names`; None where none is."""
    there = known(names)
    return next((there.index(name) for name in wanted if name in there), None)


def asked(names: Sequence[str], column: str) -> int | None:
    """The index of a column that is asked for by its name, or by its number from 1; None where there is none."""
    there = known(names)
    if column.strip().casefold() in there:
        return there.index(column.strip().casefold())
    number = int(column) if column.isascii() and column.isdigit() and len(column) < 6 else 0
    return number - 1 if 1 <= number <= len(names) else None


def missing(names: Sequence[str], column: str, option: str, *, holder: str = "the header") -> str:
    """The words for a column that is not there: which ones are, and the option that says another."""
    there = ", ".join(clipped(name.strip(), 30) or "(no name)" for name in names[:_MOST_NAMED])
    there += f", … ({len(names)})" if len(names) > _MOST_NAMED else ""
    return f"no column is called {cited(column)}; {holder} has: {there}; {option} NAME (or a number) says which to take"
