"""Names in a passage: known ones, what the pipeline took for names, acronyms that the text brings in, and places."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from jirga.reading.actors.compass import sides_of_compass
from jirga.reading.actors.found import Found, case_of, head_of, is_plural, text_of, tokens_of
from jirga.reading.actors.gazetteer import Match
from jirga.reading.actors.lexicon import lexicon
from jirga.reading.actors.metonymy import stands_for_government
from jirga.reading.actors.places import Places
from jirga.reading.actors.scene import Scene
from jirga.reading.actors.shortened import shorten
from jirga.reading.actors.words import fold, slug, words
from jirga.reading.columns import columns
from jirga.reading.wordlists import word_set

__all__ = ["Scene", "find_names"]

_BACKED = word_set("names backed")
_PREFIXES, _LEANINGS = word_set("find prefixes"), word_set("find leanings")
_LARGE = 200_000  # inhabitants; a smaller town's name is taken for a town only where grammar says so
_MODEL = re.compile(r"[A-Z][A-Za-z]{0,6}-\d{1,4}[A-Z]?")
"""Makes of weapons: F-16, MiG-29, T-72."""
_NAMING = word_set("names naming")
"""Words whose capital, before "for" or "of", tells that a name goes on: "Movement for the Renewal of ..."."""


def find_names(doc: Doc, matches: list[Match], scene: Scene) -> list[Found]:
    """Return the names of a passage in text order, without overlap.

    Parameters
    ----------
    doc : spacy.tokens.Doc
    matches : list of Match
        What the gazetteer knows of it.
    scene : Scene
        Acronyms and people found in the report.
    """
    found = [one for m in matches if (one := _known(doc, m, scene)) is not None]
    long = [replace(one) for one in scene.long_forms.get(id(doc), ())]
    inside = {i for one in long for i in range(one.start, one.stop)}
    found = [one for one in found if one.start not in inside] + long + sides_of_compass(doc, scene)
    taken = _taken(found, len(doc))
    found += _formal(doc, taken)
    for entity in doc.ents:
        found += _entity(doc, entity, taken, scene)
    if not _title_case(doc):
        found += _capitals(doc, taken, scene)
    found.sort(key=lambda one: (one.begin, -one.end))
    shorten(doc, found, scene)
    return found


def _known(doc: Doc, match: Match, scene: Scene) -> Found | None:
    run = tokens_of(doc, match.begin, match.end)
    if run is None:
        return None
    introduced = scene.acronyms.get(text_of(doc)[match.begin : match.end])
    if introduced is not None and introduced.id != match.entry.id:
        return _again(introduced, match.begin, match.end, run, doc)
    if _inside_person(doc, run, match) or _another_person(doc, run, match):
        return None
    entry, root = match.entry, head_of(doc, *run)
    how = match.how
    made = Found(match.begin, match.end, *run, root, entry.id, entry.name, entry.kind, entry.party(scene.day), how,
                 home=entry.home)  # fmt: skip
    led_by = text_of(doc)[max(match.begin - 8, 0) : match.begin]
    if led_by[-1:] in {"-", "‑", "–"}:
        prefix = led_by[:-1].rpartition(" ")[2].lower()
        if prefix in _PREFIXES:
            return None  # "the Pan-American Highway"
        made.backer = prefix in _LEANINGS
    made.backer = made.backer or _backs(doc, match.end)
    made.plural = how == "people" or is_plural(doc[run[1] - 1])
    made.adjective = match.adjective or how == "demonym"
    if how == "capital":
        if not stands_for_government(doc, run, root):
            return _place(doc, text_of(doc)[match.begin : match.end], match.begin, match.end, run, scene)
        made.kind = "government"
    elif how == "people":
        made.id, made.of, made.kind, made.how = (
            f"part:{entry.id[8:]}:people",
            entry.id,
            "people",
            "demonym",
        )
        made.name = text_of(doc)[match.begin : match.end]
    return made


def _inside_person(doc: Doc, run: tuple[int, int], match: Match) -> bool:
    """Tell whether a known name is only part of a person's name ("Michael Jordan")."""
    if match.entry.kind != "country" or match.how in {"demonym", "acronym", "people"}:
        return False
    first = doc[run[0]]
    if first.ent_type_ != "PERSON":
        return False
    entity = next((e for e in doc.ents if e.start <= run[0] < e.end), None)
    if entity is None or entity.end - entity.start > 4 or not entity.start <= run[0] <= run[1] <= entity.end:
        return False
    if (entity.start, entity.end) == run:
        return False
    rest = [t for t in entity if not run[0] <= t.i < run[1]]
    office = any(
        t.lower_ in lexicon().title_words or t.tag_ == "POS" or not t.text[0].isupper() for t in rest
    )
    return not office


def _another_person(doc: Doc, run: tuple[int, int], match: Match) -> bool:
    """Tell whether a known surname stands after another first name: "Ahmed bin Mubarak" is not Hosni Mubarak."""
    if match.entry.kind != "person" or run[1] - run[0] > 1 or not run[0]:
        return False
    before = doc[run[0] - 1]
    if before.lower_ in {"bin", "ibn", "ben", "al", "el"} and before.pos_ == "PROPN":
        return True
    first = before.ent_type_ == "PERSON" and before.text[0].isupper() and before.text.isalpha()
    return (
        first
        and before.lower_ not in lexicon().title_words
        and before.lower_ not in fold_all(match.entry.name)
    )


def fold_all(name: str) -> set[str]:
    """Return the folded words of a name."""
    return {word for _, _, word in words(name)}


def _backs(doc: Doc, end: int) -> bool:
    rest = text_of(doc)[end : end + 16]
    return bool(rest) and rest[0] in "-‐‑–" and rest[1:].split(" ")[0].strip(".,;:").lower() in _BACKED


def _entity(doc: Doc, entity: Tokens, taken: list[Found | None], scene: Scene) -> list[Found]:
    start, stop = entity.start, entity.end
    inside = [taken[i] for i in range(start, stop)]
    if any(inside):
        if entity.label_ != "ORG" or all(inside) or stop - start > 8:
            return _rest(doc, entity, taken, scene)
        return _wider(doc, start, stop, taken)
    while start < stop and (doc[start].lower_ in {"the", "a", "an"} or doc[start].is_punct):
        start += 1
    while stop > start and (
        doc[stop - 1].tag_ in {"POS", "IN", "DT", "CC"} or doc[stop - 1].is_punct or doc[stop - 1].is_space
    ):
        stop -= 1
    while (
        entity.label_ == "PERSON"
        and stop - start > 1
        and doc[start].lower_.rstrip(".") in lexicon().title_words
    ):
        start += 1
    if doc[start:stop].text.lower() in lexicon().nouns or all(
        t.lower_.rstrip(".") in lexicon().title_words or t.lower_ in lexicon().nouns for t in doc[start:stop]
    ):
        return []
    if start >= stop or not any(c.isalpha() for c in doc[start:stop].text):
        return []
    start, stop, label = _whole_place(doc, start, stop, entity.label_, taken, scene)
    return _new(doc, start, stop, label, taken, scene)


def _whole_place(
    doc: Doc, start: int, stop: int, label: str, taken: list[Found | None], scene: Scene
) -> tuple[int, int, str]:
    """Widen an entity that is only a part of a known place's name: "El" of "El Fasher"."""
    if stop - start > 2:
        return start, stop, label
    for left, right in ((0, 1), (1, 0)):
        first, last = start - left, stop + right
        if first < 0 or last > len(doc) or any(taken[i] is not None for i in (first, last - 1)):
            continue
        added = doc[first] if left else doc[last - 1]
        if not added.text[0].isupper() or not added.is_alpha or added.is_sent_start or added.pos_ != "PROPN":
            continue
        if added.lower_ in {
            "northern",
            "southern",
            "eastern",
            "western",
            "central",
            "north",
            "south",
            "east",
            "west",
        }:
            continue
        text = doc[first:last].text
        place = Places.default().find(text, scene.countries)
        if place is not None and Places.default().find(added.text, scene.countries) != place:
            part = Places.default().find(doc[start:stop].text, scene.countries)
            if part is None or part.id != place.id:
                return first, last, "LOC"
    return start, stop, label


def _rest(doc: Doc, entity: Tokens, taken: list[Found | None], scene: Scene) -> list[Found]:
    """Return what an entity holds beside the known names inside it ("Turkish President Recep ...")."""
    out: list[Found] = []
    start = entity.start
    for i in range(entity.start, entity.end + 1):
        if i == entity.end or taken[i] is not None:
            while start < i and (
                doc[start].lower_.rstrip(".") in lexicon().title_words or not doc[start].is_title
            ):
                start += 1
            if start < i and doc[start].pos_ == "PROPN" and entity.label_ == "PERSON" and i - start > 1:
                out += _new(doc, start, i, "PERSON", taken, scene)
            start = i + 1
    return out


def _wider(doc: Doc, start: int, stop: int, taken: list[Found | None]) -> list[Found]:
    """Return an organisation whose name holds a known one ("Bank of Israel"), when no part noun heads it."""
    if doc[start].lower_ == "the":
        start += 1
    head = doc[stop - 1].lower_
    first, last = taken[start], taken[stop - 1]
    if head in lexicon().nouns or (last is not None and last.stop == stop and first is last):
        return []
    if not (doc[stop - 1].is_title or doc[stop - 1].is_upper) or (last is not None and first is not None):
        return []
    party = _holder(taken, start, stop)
    text = doc[start:stop].text
    if "," in text or any(doc[i].pos_ in {"VERB", "AUX", "PRON"} for i in range(start, stop)):
        return []
    begin = doc[start].idx
    root = head_of(doc, start, stop)
    return [Found(begin, begin + len(text), start, stop, root, f"actor:{slug(text)}", text, "unknown", party)]


def _holder(taken: list[Found | None], start: int, stop: int) -> str | None:
    """Return the party of the first known name inside a longer one; a newspaper's is only a word ("Liberation")."""
    inside = (one for one in taken[start:stop] if one is not None)
    return next((one.party for one in inside if one.kind != "outlet"), None)


def _new(doc: Doc, start: int, stop: int, label: str, taken: list[Found | None], scene: Scene) -> list[Found]:
    span = doc[start:stop]
    text, begin, end = span.text, span.start_char, span.end_char
    run, root = (start, stop), head_of(doc, start, stop)
    introduced = scene.acronyms.get(text)
    if label == "PERSON" and text in scene.houses:
        label = "ORG"  # "the president of Conaie"
    if introduced is None and _MODEL.fullmatch(text):
        return []  # a weapon
    if label != "LOC" and slug(text) not in scene.people and _stands_as_place(doc, root, text, label, scene):
        label = "LOC"
    if introduced is not None:
        made: Found | None = _again(introduced, begin, end, run, doc)
    elif label == "LOC":
        made = _place(doc, text, begin, end, run, scene)
    elif (person := scene.people.get(slug(text))) is not None and label != "ORG":
        made = _again(person, begin, end, run, doc)
    elif stop == start + 1 and (full := scene.full.get(fold(text))) is not None:
        made = Found(begin, end, *run, root, f"person:{slug(full)}", full, "person")
    elif label == "PERSON":
        made = Found(begin, end, *run, root, f"person:{slug(text)}", text, "person")
        _remember(made, scene)
    elif (longer := _longer(doc, start, stop, scene)) is not None:
        made = _again(longer, begin, end, run, doc)
        made.plural = is_plural(doc[start])
    else:
        made = Found(
            begin, end, *run, root, f"actor:{slug(text)}", text, "unknown", plural=_several(doc, start, stop)
        )
        if stop - start > 1 and len(doc[start]) > 4:
            scene.short.setdefault(fold(doc[start].text), made)
    if made is None:
        return []
    made.backer = _backs(doc, end)
    for i in range(start, stop):
        taken[i] = made
    return [made]


def _several(doc: Doc, start: int, stop: int) -> bool:
    """Tell whether a name is of several: "the Red Brigades"; "Northgate Terminals" is one firm."""
    return is_plural(doc[stop - 1]) and (stop == start + 1 or (start > 0 and doc[start - 1].lower_ == "the"))


def _longer(doc: Doc, start: int, stop: int, scene: Scene) -> Found | None:
    """Return whose first word a name of one word is: "Northgate", told of before as "Northgate Terminals"."""
    longer = scene.short.get(fold(doc[start].text)) if stop == start + 1 and scene.short else None
    known = longer is not None and Places.default().find(doc[start].text, scene.countries) is not None
    return None if known else longer


def _stands_as_place(doc: Doc, root: int, text: str, label: str, scene: Scene) -> bool:
    """Tell whether what the pipeline took for a person is a known place, by what it stands beside."""
    token, words = doc[root], lexicon().metonymy
    place = Places.default().find(text, scene.countries)
    if place is None:
        return False
    if case_of(token) in words["place_case"]:
        return True
    if token.dep_ == "obj" and token.head.lemma_.lower() in words["place_verb"]:
        return True
    large = place.inhabitants >= _LARGE or ":region:" in place.id
    alone = not token.i or doc[token.i - 1].pos_ != "PROPN"
    return large and alone and (scene.countries.get((place.country or "")[8:], 0) > 0 or label == "ORG")


def _remember(person: Found, scene: Scene) -> None:
    names = [word for _, _, word in words(person.name)]
    if len(names) > 1:
        for key in (names[-1], names[0], " ".join(names[-2:]), "-".join(names[-2:])):
            scene.people.setdefault(key, person)


def remember(person: Found, scene: Scene) -> None:
    """Keep a person's surname and first name for the rest of the report."""
    _remember(person, scene)


def _again(known: Found, begin: int, end: int, run: tuple[int, int], doc: Doc) -> Found:
    how = "acronym" if text_of(doc)[begin:end].isupper() else known.how
    return Found(begin, end, *run, head_of(doc, *run), known.id, known.name, known.kind, known.of, how, known.plural,
                 home=known.home, title=known.title)  # fmt: skip


def _place(doc: Doc, text: str, begin: int, end: int, run: tuple[int, int], scene: Scene) -> Found:
    entry = Places.default().find(text, scene.countries)
    identity = entry.id if entry is not None else f"place:text:{slug(text)}"
    name = entry.name if entry is not None else text
    return Found(
        begin, end, *run, head_of(doc, *run), identity, name, "place", entry.country if entry else None
    )


def _formal(doc: Doc, taken: list[Found | None]) -> list[Found]:
    """Return names like "Movement for the Renewal of Zamora", which the pipeline cuts at their small words."""
    out: list[Found] = []
    for i, word in enumerate(columns(doc).lower[:-2]):
        if word not in _NAMING or not doc[i].is_title or taken[i] is not None:
            continue
        stop, at = i + 1, i + 1
        while (
            at < len(doc)
            and at - i < 12
            and (doc[at].lower_ in {"for", "of", "the", "and", "against"} or doc[at].text[0].isupper())
        ):
            at += 1
            stop = at if doc[at - 1].text[0].isupper() else stop
        if stop < i + 3 or doc[i + 1].lower_ not in {"for", "of", "against"}:
            continue
        start = i
        while (
            start
            and doc[start - 1].is_title
            and doc[start - 1].pos_ in {"PROPN", "ADJ", "NOUN"}
            and taken[start - 1] is None
        ):
            start -= 1
        party = _holder(taken, start, stop)
        text, begin = doc[start:stop].text, doc[start].idx
        made = Found(
            begin,
            begin + len(text),
            start,
            stop,
            head_of(doc, start, stop),
            f"actor:{slug(text)}",
            text,
            "unknown",
            party,
        )
        for k in range(start, stop):
            taken[k] = taken[k] or made
        out.append(made)
    return out


def _title_case(doc: Doc) -> bool:
    """Tell whether a passage is a headline that prints every word with a capital, so that capitals tell nothing."""
    long = [word for word in columns(doc).words if len(word) > 3 and word.isalpha()]
    return len(long) < 40 and sum(w[0].isupper() for w in long) > 0.6 * len(long) and len(long) > 2


def _capitals(doc: Doc, taken: list[Found | None], scene: Scene) -> list[Found]:
    """Return runs of proper nouns that neither the gazetteer nor the pipeline took for a name."""
    out: list[Found] = []
    i = 0
    while i < len(doc):
        if taken[i] is not None or not _proper(doc, i):
            i += 1
            continue
        stop = i + 1
        while stop < len(doc) and taken[stop] is None and _goes_on(doc, stop):
            stop += 1
        out += _run(doc, i, stop, taken, scene)
        i = stop
    return out


def _run(doc: Doc, start: int, stop: int, taken: list[Found | None], scene: Scene) -> list[Found]:
    text = doc[start:stop].text
    last = doc[stop - 1]
    locative = case_of(doc[head_of(doc, start, stop)]) in lexicon().metonymy["place_case"]
    known = slug(text) in scene.people or text in scene.acronyms
    if not known and locative and Places.default().find(text, scene.countries) is not None:
        return _new(doc, start, stop, "LOC", taken, scene)
    if not known and (
        last.lower_ in lexicon().nouns or last.lower_ in lexicon().title_words or len(text) < 3
    ):
        return []  # headed by a common noun: told of as a noun phrase
    if not known and last.lower_ in scene.common:
        return []
    return _new(doc, start, stop, "PERSON" if known else "ORG", taken, scene)


def _proper(doc: Doc, i: int) -> bool:
    read = columns(doc)
    if read.tags[i] not in {"NNP", "NNPS"} or not read.words[i][0].isupper():
        return False
    word, known = read.lower[i], lexicon()
    return word not in known.calendar and word.rstrip(".") not in known.title_words and read.names[i] == ""


def _goes_on(doc: Doc, i: int) -> bool:
    return _proper(doc, i) or (
        doc[i].text in {"-", "of", "al", "de", "bin", "el"} and i + 1 < len(doc) and _proper(doc, i + 1)
        and not (doc[i].text == "of" and doc[i - 1].lower_ in lexicon().nouns)
    )  # fmt: skip


def _taken(found: list[Found], size: int) -> list[Found | None]:
    out: list[Found | None] = [None] * size
    for one in found:
        for i in range(one.start, one.stop):
            out[i] = one
    return out
