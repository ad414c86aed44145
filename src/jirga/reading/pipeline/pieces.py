"""Word pieces and word shapes: what the encoder sees of a word.

The encoder's vocabulary knows no capitals, so the shape of a word (capitals, digits, a space before it) is a
second input beside its pieces. Training and reading share this module: both must cut words the same way.
"""

from __future__ import annotations

from tokenizers import Tokenizer

__all__ = ["CLS", "SEP", "SHAPES", "UNK", "WordPieces", "shape_of"]

UNK, CLS, SEP = 100, 101, 102  # ids in the encoder's vocabulary
MAX_LETTERS = 64  # of a word that are looked at: a megabyte without a space costs no more than a long name
MAX_PIECES = 10  # per word, for the same reason
CACHE = 50_000  # words remembered before the memory is wiped

LOWER, TITLE, UPPER, LETTER, MIXED, DIGITS, PUNCTUATION = range(7)
KINDS = 7
SHAPES = 1 + 2 * KINDS
"""Number of shape ids: 0 for what is no word, then each kind without and with a space before it."""


def _kind(word: str) -> int:
    if not any(letter.isalnum() for letter in word):
        return PUNCTUATION
    if any(letter.isdigit() for letter in word):
        return DIGITS
    if word.islower():
        return LOWER
    if len(word) == 1:
        return LETTER
    if word.isupper():
        return UPPER
    if word[0].isupper() and word[1:].islower():
        return TITLE
    return MIXED


def shape_of(word: str, spaced: bool) -> int:
    """Return the shape id of a word, 1 to ``SHAPES - 1``; `spaced` says whether space stands before it."""
    return 1 + _kind(word[:MAX_LETTERS]) + KINDS * spaced


class WordPieces:
    """Cut words into ids of the encoder's vocabulary, remembering the frequent ones.

    Parameters
    ----------
    data : bytes
        A ``tokenizer.json``.
    """

    def __init__(self, data: bytes) -> None:
        self._tokenizer = Tokenizer.from_buffer(data)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """Return 1 to 10 piece ids; a word of which nothing is left (a soft hyphen, say) is one unknown piece."""
        key = word[:MAX_LETTERS]
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= CACHE:
                self._known.clear()
            ids = self._tokenizer.encode(key, add_special_tokens=False).ids
            found = self._known[key] = tuple(ids[:MAX_PIECES]) or (UNK,)
        return found
