"""spaCy's English tokenizer, kept linear on hostile text.

spaCy cuts one affix after another off a stretch without spaces, copying the rest each time: quadratic when the stretch
is a megabyte long. Here such a stretch is cut first. Text without one is tokenized as ``spacy.blank("en")`` does, but
"U.S.-backed" is cut as "US-backed" is.

spaCy knows 1,300 words that are cut otherwise than the rules say ("cannot", "12pm", ":-)") and learns them all at each
start, which takes a tenth of a second. Here a word is learnt when a text first holds its letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry
from spacy.vocab import Vocab

__all__ = ["AFTER_STOP", "GuardedTokenizer", "create_tokenizer"]

LONG = 400  # letters without a space that no word, address or formula in a report reaches
AFTER_STOP = r"(?<=[A-Z]\.)[-–/](?=[A-Za-z])"
"""A cut that spaCy lacks: the hyphen of "U.S.-backed" and "U.S.-China"."""
_LONG_RUN = re.compile(rf"\S{{{LONG},}}")


class GuardedTokenizer(Tokenizer):  # type: ignore[misc]
    """spaCy's tokenizer; stretches of 400 letters and more without a space are cut before it sees them.

    Parameters
    ----------
    vocab : Vocab
    rules : mapping, optional
        Words that are cut otherwise than the other rules say, and their parts; each is learnt when a text holds it.
    others
        As ``spacy.tokenizer.Tokenizer`` takes them.
    """

    def __init__(self, vocab: Vocab, rules: Mapping[str, Any] | None = None, **others: Any) -> None:  # noqa: ANN401
        super().__init__(vocab, **others)
        self._unlearnt: dict[str, dict[str, Any]] = {}
        for word, parts in (rules or {}).items():
            if word.split() == [word]:
                self._unlearnt.setdefault(_mark(word), {})[word] = parts
            else:  # white space itself
                self.add_special_case(word, parts)

    def _learn(self, text: str) -> None:
        """Learn the words whose letters stand in a text, white space between them or not; no other can matter to it."""
        letters = "".join(text.split())
        for mark, words in self._unlearnt.items():
            if mark in letters:
                for word in [w for w in words if w in letters]:
                    self.add_special_case(word, words.pop(word))

    def _learn_all(self) -> None:
        for words in self._unlearnt.values():
            for word, parts in words.items():
                self.add_special_case(word, parts)
        self._unlearnt.clear()

    def to_bytes(self, **options: Any) -> bytes:  # noqa: ANN401
        """Return the tokenizer with all its words."""
        self._learn_all()
        return cast(bytes, super().to_bytes(**options))

    def from_bytes(self, data: bytes, **options: Any) -> GuardedTokenizer:  # noqa: ANN401
        """Read what `to_bytes` returned."""
        self._unlearnt.clear()
        return cast(GuardedTokenizer, super().from_bytes(data, **options))

    def __call__(self, text: str) -> Doc:
        """Return the tokens of a text; together with their spaces they are the text, always."""
        self._learn(text)
        if _LONG_RUN.search(text) is None:
            return cast(Doc, super().__call__(text))
        words: list[str] = []
        spaces: list[bool] = []
        for part in _parts(text):
            doc = Doc(self.vocab, [part], [False]) if _is_drawing(part) else super().__call__(part)
            words.extend(token.text for token in doc)
            spaces.extend(bool(token.whitespace_) for token in doc)
        return Doc(self.vocab, words=words, spaces=spaces)


def _mark(word: str) -> str:
    """Return a sign that the word holds and few texts do, or nothing."""
    return next((sign for sign in word if not sign.isalnum()), "")


def _is_drawing(part: str) -> bool:
    return len(part) >= LONG and not any(letter.isalnum() or letter.isspace() for letter in part)


def _parts(text: str) -> Iterator[str]:
    """Yield the text in pieces: what stands between long stretches, and these in pieces of 400 letters."""
    done = 0
    for run in _LONG_RUN.finditer(text):
        if run.start() > done:
            yield text[done : run.start()]
        for begin in range(run.start(), run.end(), LONG):
            yield text[begin : min(begin + LONG, run.end())]
        done = run.end()
    if done < len(text):
        yield text[done:]


@registry.tokenizers("jirga.tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], GuardedTokenizer]:
    """Return what spaCy calls to make the tokenizer of a pipeline."""

    def make(nlp: Language) -> GuardedTokenizer:
        rules = nlp.Defaults
        return GuardedTokenizer(
            nlp.vocab,
            rules=rules.tokenizer_exceptions,
            prefix_search=compile_prefix_regex(rules.prefixes or ()).search,
            suffix_search=compile_suffix_regex(rules.suffixes or ()).search,
            infix_finditer=compile_infix_regex([*(rules.infixes or ()), AFTER_STOP]).finditer,
            token_match=rules.token_match,
            url_match=rules.url_match,
        )

    return make
