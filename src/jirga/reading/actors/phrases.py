"""Noun phrases for actors: parts of a party, office holders, people without a name; with and without their party."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from spacy.tokens import Doc

from jirga.reading.actors.found import Found, head_of, is_plural, singular
from jirga.reading.actors.lexicon import Lexicon, Noun, lexicon
from jirga.reading.actors.words import slug
from jirga.reading.columns import Columns, columns
from jirga.reading.wordlists import word_set

__all__ = ["Phrase", "find_phrases"]

_LONGEST = 4  # words of an office or a compound noun
_FARTHEST = 9  # tokens that a phrase may reach to the left of its noun
_BEFORE = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})
_AFTER = frozenset({"of", "from", "for", "representing", "within", "inside", "in"})
_PARTY_KINDS = frozenset({"country", "government", "group", "body", "part", "unknown"})
_LOCAL = frozenset({"whole", "office", "institution", "force"})
"""What a province or town may have of its own."""
_OPEN = frozenset({"delegation", "mediators", "force", "soldiers", "officials", "institution", "office"})
"""What may be somebody's without an article: "government forces", "soldiers", "a presidential official"."""
_PARTS = word_set("phrases parts")
_KINDS, _SAYING = word_set("phrases kinds"), word_set("phrases saying")
_BODIES = frozenset({"institution", "faction", "whole"})
_CIVIL = word_set("described civil")
_DEFINITE = word_set("phrases definite")
_NAMED_FORCES = frozenset({"army", "police", "navy", "gendarmerie"})
_EMPTY = word_set("phrases empty")


@dataclass(slots=True)
class Phrase:
    """A noun phrase whose noun is in the lexicon.

    Attributes
    ----------
    found : Found
        Its id is provisional where ``open`` is true.
    noun : Noun
    definite : str
        The determiner that makes it definite, lower case, or an empty string.
    parties : list of Found
        Whose it is; several when coordinated.
    open : bool
        Whether the resolver must find out whose it is, or who.
    counted : str
        A number word before the noun.
    plain : str
        Its id when nobody can tell whose it is: its own words.
    words : str
        As printed.
    restricted : bool
        Whether a clause or a phrase after the noun tells which is meant: "the firm that employed him".
    """

    found: Found
    noun: Noun
    definite: str
    parties: list[Found]
    open: bool
    counted: str = ""
    plain: str = ""
    words: str = ""
    restricted: bool = False


def find_phrases(doc: Doc, names: list[Found], first: list[int]) -> list[Phrase]:
    """Return the noun phrases for actors in a passage, in text order.

    Parameters
    ----------
    doc : spacy.tokens.Doc
    names : list of Found
        The names in it; a phrase takes in those before its noun.
    first : list of int
        For each token the first one of its sentence.
    """
    owner: list[Found | None] = [None] * len(doc)
    for one in names:
        for i in range(one.start, one.stop):
            owner[i] = one
    words = lexicon()
    read, last = columns(doc), _last_words()
    lower, out = read.lower, list[Phrase]()
    for i, word in enumerate(lower):
        if owner[i] is not None or ("-" not in word and word.replace(".", "") not in last):
            continue
        hit = _noun_at(read, i, owner, words, doc)
        if hit is not None:
            start, noun, office = hit
            out.append(_phrase(doc, start, i, noun, office, owner, lower, first[start]))
    return out


@cache
def _last_words() -> frozenset[str]:
    """Return the words with which a title or a noun for a party ends: most words of a text do not."""
    words = lexicon()
    return frozenset(phrase.split()[-1] for phrase in (*words.titles, *words.nouns) if phrase.split())


def _noun_at(
    read: Columns, i: int, owner: list[Found | None], words: Lexicon, doc: Doc
) -> tuple[int, Noun, str] | None:
    lower, pos = read.lower, read.pos[i]
    if not read.words[i][0].isalpha() or pos not in {"NOUN", "PROPN", "ADJ"}:
        return None
    if pos == "ADJ" and read.tags[i] not in {"NNS", "NN", "NNP"}:
        return None
    token = doc[i]
    for size in range(min(_LONGEST, i + 1), 0, -1):
        start = i - size + 1
        if any(owner[k] is not None for k in range(start, i)) or not read.words[start][0].isalnum():
            continue
        if any(doc[k].is_sent_end for k in range(start, i)):
            continue
        phrase = " ".join("-".join(lower[start : i + 1]).replace("-'-", "'").split("-")).replace("  ", " ")
        phrase = " ".join(phrase.replace(" 's", " s").replace(".", "").split())
        office = words.titles.get(phrase, "")
        noun = words.nouns.get(phrase)
        if phrase == "pm" and not token.text.isupper():
            office = ""  # an hour
        if (office and not is_plural(token)) or noun is not None:
            if _leads_on(doc, i, lower, owner, words) or _a_thing(doc, i, lower, owner):
                return None
            if (
                office
                and not is_plural(token)
                and (noun is None or noun.group not in {"whole", "institution"})
            ):
                return start, Noun("office", phrase), phrase
            if noun is not None:
                return start, noun, ""
    return None


def _a_thing(doc: Doc, i: int, lower: list[str], owner: list[Found | None]) -> bool:
    """Tell whether a noun for a party means no party here: "a state of emergency", "to use force"."""
    if lower[i] == "state" and i + 2 < len(doc) and lower[i + 1] == "of" and owner[i + 2] is None:
        return lower[i + 2] != "the"
    if lower[i] != "force" or not i:
        return lower[i] == "force" and doc[i].dep_ == "obj"
    return lower[i - 1] in {"into", "in", "by", "with"} or (
        doc[i].dep_ == "obj" and lower[i - 1] in {"use", "using", "of"}
    )


def _leads_on(doc: Doc, i: int, lower: list[str], owner: list[Found | None], words: Lexicon) -> bool:
    """Tell whether the noun only qualifies the one after it ("army chief", "delegation members", "police station")."""
    if i + 1 >= len(doc) or owner[i + 1] is not None:
        return False
    after, token = doc[i + 1], doc[i]
    if after.text == "-" or (after.pos_ in {"NOUN", "PROPN"} and after.text[0].islower()):
        return (token.head.i > i and token.dep_ in {"compound", "amod", "nmod", "flat"}) or lower[
            i + 1
        ] in words.nouns
    return after.lower_ in words.title_words and after.pos_ in {"NOUN", "PROPN"} and token.head.i > i


def _phrase(
    doc: Doc,
    start: int,
    i: int,
    noun: Noun,
    office: str,
    owner: list[Found | None],
    lower: list[str],
    first: int,
) -> Phrase:
    left, parties, counted = _leftward(doc, start, owner, lower, noun.group in _LOCAL, first)
    begins = min([left, *(p.start for p in parties if p.start < left)])
    if not parties:
        parties = _rightward(doc, i, noun, owner, lower)
    definite = next(
        (lower[k] for k in range(begins - 1, max(begins - 3, -1), -1) if lower[k] in _DEFINITE), ""
    )
    while begins < start and lower[begins] in _EMPTY and not parties:
        begins += 1
    text = doc[begins : i + 1].text
    root = head_of(doc, begins, i + 1)
    root = i if doc[root].i != i and not doc[i].dep_.startswith(("flat", "compound")) else root
    found = Found(doc[begins].idx, doc[begins].idx + len(text), begins, i + 1, root, "", text, "people",
                  how="title" if office else "description", plural=is_plural(doc[i]), title=office)  # fmt: skip
    phrase = Phrase(found, noun, definite, parties, False, counted)
    own = [
        t.lower_
        for t in doc[begins:i]
        if owner[t.i] is None and t.lower_ not in _EMPTY and t.pos_ != "NUM" and t.is_alpha
    ]
    last = doc[i].lower_ if noun.group == "institution" else singular(doc[i])
    phrase.plain = "actor:" + slug(" ".join([*own[-3:], last]))
    phrase.words = text
    phrase.restricted = (
        i + 1 < len(doc)
        and lower[i + 1] != ","
        and any(
            c.i > i and (c.dep_ == "acl:relcl" or (c.dep_ == "nmod" and c.tag_[0] == "N"))
            for c in islice(doc[i].children, 20)
        )
    )
    nobodys = not parties or parties[0].kind == "place"
    kinds = {"faction", "fighters", "institution"}
    if nobodys and not found.plural and noun.group in kinds and i + 1 < len(doc):
        named = owner[i + 1]  # "the regional bloc ECOWAS", "the rebel group M23"
        beside = named is not None and (
            doc[named.root].head.i in {i, doc[i].head.i} or doc[i].head.i == named.root
        )
        if named is None:
            named, beside = _apposed(doc, i, owner, lower)
        if named is not None and beside and named.kind in {"group", "body", "unknown"}:
            found.id, found.name, found.kind, found.of = named.id, named.name, named.kind, named.of
            phrase.plain, phrase.parties = found.id, []
            return phrase
    _identify(phrase, _label(doc, start, i, noun, owner))
    return phrase


def _apposed(doc: Doc, i: int, owner: list[Found | None], lower: list[str]) -> tuple[Found | None, bool]:
    """Return the name after a comma and whether it says who a noun is: "their employer, Northgate Terminals,"."""
    if lower[i + 1] != "," or i + 3 >= len(doc):
        return None, False
    named = owner[i + 2 + (lower[i + 2] == "the")]
    if named is None or named.start not in {i + 2, i + 3}:
        return None, False
    root = doc[named.root]
    closes = named.stop < len(doc) and lower[named.stop] in {",", ".", ";", ")", "—", "–"}
    return named, closes and root.dep_ == "appos" and root.head.i == i


def _leftward(
    doc: Doc, start: int, owner: list[Found | None], lower: list[str], local: bool, first: int
) -> tuple[int, list[Found], str]:
    """Walk over what stands before the noun; return where the phrase begins, whose it is, and a number word."""
    parties: list[Found] = []
    counted, at = "", start - 1
    while at >= first and start - at <= _FARTHEST:
        one = owner[at]
        if one is not None:
            ethnic = (
                one.start > 0 and lower[one.start - 1] == "ethnic"
            )  # a people, whatever state they live in
            if (
                not one.backer
                and not ethnic
                and one.kind in _PARTY_KINDS | ({"place"} if local else set())
                and not parties
            ):
                parties.append(one)
                parties += _joined(one, owner, lower)
            at = min(one.start, at) - 1
            continue
        token = doc[at]
        if token.text[0].isupper() and lower[at] in lexicon().calendar:
            break
        if token.tag_ == "POS" and at and owner[at - 1] is not None:
            holder = owner[at - 1]
            if (
                holder is not None
                and holder.kind in _PARTY_KINDS | ({"place"} if local else set())
                and not parties
            ):
                parties.append(holder)
            return (holder.start if holder is not None else at + 1), parties, counted
        if token.is_punct and token.text not in {"-", "‑"}:
            break
        qualifies = token.pos_ in _BEFORE or token.text in {"-", "‑"} or token.tag_ in {"VBN", "VBG"}
        if not qualifies or lower[at] in {"said", "many"} or token.is_sent_end:
            break
        if token.tag_ in {"VBN", "VBG", "VBD"} and token.text not in {"-"} and not _qualifies(doc, at, owner):
            break
        if token.pos_ == "NUM" or lower[at] in {"two", "three", "both"}:
            counted = counted or lower[at]
        at -= 1
    return at + 1, parties, counted


def _qualifies(doc: Doc, at: int, owner: list[Found | None]) -> bool:
    """Tell whether a participle stands before a noun ("armed men") rather than being the verb ("Oslo shocked men")."""
    token, before = doc[at], owner[at - 1] if at else None
    if before is not None and not before.adjective:
        return False
    if token.pos_ == "VERB" and token.dep_ not in {"amod", "compound"}:
        return False
    return bool(at) and (
        doc[at - 1].pos_ not in {"NOUN", "PROPN", "PRON"} or before is not None or doc[at - 1].text == "-"
    )


def _joined(last: Found, owner: list[Found | None], lower: list[str]) -> list[Found]:
    """Return the demonyms that are named together with one: "Egyptian, Qatari and US mediators"."""
    out: list[Found] = []
    at = last.start - 1
    while last.adjective and at >= 1 and lower[at] in {"and", ",", "&", "or", "/", "-", "–"}:
        at -= 1 if lower[at - 1] != "," else 2
        before = owner[at] if at >= 0 else None
        if before is None or not before.adjective or before.backer or before.id == last.id:
            break
        out.append(before)
        at = before.start - 1
    return out


def _rightward(doc: Doc, i: int, noun: Noun, owner: list[Found | None], lower: list[str]) -> list[Found]:
    """Return whose a noun is by what follows: "president of Kenya", "the delegation from Hamas"."""
    if i + 2 >= len(doc) or lower[i + 1] not in _AFTER:
        return []
    if lower[i + 1] in {"in", "inside", "within"} and noun.group not in {"faction", "office"}:
        return []
    at = i + 2
    while (
        at < len(doc)
        and at < i + 5
        and owner[at] is None
        and (doc[at].pos_ in {"DET", "ADJ"} or doc[at].tag_ == "DT")
    ):
        at += 1
    one = owner[at] if at < len(doc) else None
    if one is None or one.kind not in _PARTY_KINDS or (lower[i + 1] == "for" and noun.group != "office"):
        return []
    if lower[i + 1] in {"in", "inside"} and one.kind not in {"group", "unknown"}:
        return []
    return [other, one] if (other := _and_another(doc, i, one, owner, lower)) is not None else [one]


def _and_another(doc: Doc, i: int, one: Found, owner: list[Found | None], lower: list[str]) -> Found | None:
    """Return the second party of "diplomats from Kenya and Chad", or None."""
    at = one.stop + 1
    if not is_plural(doc[i]) or at >= len(doc) or lower[at - 1] != "and":
        return None
    at += lower[at] == "the" and at + 1 < len(doc)
    other = owner[at]
    fits = other is not None and other.start == at and other.kind in _PARTY_KINDS and not other.adjective
    return other if fits and other is not None and other.party != one.party else None


def _label(doc: Doc, start: int, i: int, noun: Noun, owner: list[Found | None]) -> str:
    """Return the part of an id for a noun: its class's, or its own words where they tell parts apart."""
    if noun.group == "office":
        return slug(noun.part)
    if noun.part:
        force = noun.part == "forces" and doc[i].lower_ in _NAMED_FORCES
        return str(doc[i].lower_) if force else noun.part
    first = start
    while (
        first and owner[first - 1] is None and doc[first - 1].pos_ in {"NOUN", "PROPN"} and start - first < 2
    ):
        first -= 1
    if (
        noun.group == "faction"
        and first
        and (place := owner[first - 1]) is not None
        and place.kind in {"place", "government"}
    ):
        first = place.start
    last = singular(doc[i]) if noun.group == "people" else doc[i].lower_
    return slug(" ".join([*(t.lower_ for t in doc[first:i]), last]))


def _identify(phrase: Phrase, label: str) -> None:
    found, noun, parties = phrase.found, phrase.noun, phrase.parties
    if parties:
        lead = parties[0]
        if _own_name(phrase, lead):
            found.id, found.kind = f"actor:{slug(found.name)}", "unknown"
            return
        found.name = (
            found.name
            if lead.start < found.stop and lead.start >= found.start
            else f"{found.name} ({lead.name})"
        )
        if (noun.group == "whole" and lead.kind not in {"unknown", "place"}) or _itself(phrase, lead):
            found.id, found.of, found.kind = (
                lead.id,
                lead.of,
                "government" if lead.kind == "country" else lead.kind,
            )
            found.name = lead.name
        else:
            found.id, found.of = part_id(_party(lead), label), _party(lead)
            found.kind = "person" if noun.group == "office" else "part" if noun.group in _PARTS else "people"
        found.how = "demonym" if lead.adjective and noun.group != "office" else found.how
        return
    single = noun.group in _BODIES and not found.plural
    found.kind = "person" if noun.group == "office" else "unknown" if single else "people"
    found.id = f"actor:{label}"
    phrase.open = bool(phrase.definite) or noun.group in _OPEN


def _own_name(phrase: Phrase, lead: Found) -> bool:
    """Tell whether a noun in capitals is a part of a name that nobody knows: "the Emergency Lawyers", "the Galaxy Leader"."""
    last = phrase.words.split()[-1]
    if lead.kind == "country" and lead.start <= phrase.found.start and _civil(phrase):
        return True  # "the Sudan Doctors Network" does not speak for Sudan
    unknown = lead.id.startswith("actor:") and lead.kind == "unknown" and not lead.adjective
    return unknown and lead.stop - lead.start == 1 and last.istitle() and phrase.found.stop - lead.stop == 1


def _civil(phrase: Phrase) -> bool:
    """Tell whether a phrase is the name of a civil body: three words in capitals, the last "Network" or "Union"."""
    words = phrase.words.split()
    return len(words) > 2 and words[-1].lower() in _CIVIL and all(word[0].isupper() for word in words)


def _itself(phrase: Phrase, lead: Found) -> bool:
    """Tell whether a noun only says what a name is: "the M23 rebel group" is the M23, "an M23 splinter group" is not."""
    words = phrase.plain.split(":", 1)[1].split("-")
    directly = lead.start <= phrase.found.start and lead.kind in {"group", "unknown"} and not lead.adjective
    return directly and not phrase.found.plural and words[-1] in _KINDS and set(words[:-1]) <= _SAYING


def _party(one: Found) -> str:
    return one.id if one.kind == "place" else one.party


def part_id(party: str, label: str) -> str:
    """Return the id of a part of a party: ``part:PAK:delegation``, ``part:hamas:military-wing``."""
    stem = party.split(":", 1)[-1] if party.startswith(("country:", "group:", "body:", "actor:")) else party
    return f"part:{stem}:{label}"


def copies(phrase: Phrase) -> list[Found]:
    """Return the phrase as one mention, or one for each party when it is of several."""
    if len(phrase.parties) < 2:
        return [phrase.found]
    text = phrase.words
    tail = text[phrase.parties[0].end - phrase.found.begin :].strip()
    words = {p.id: text[p.begin - phrase.found.begin : p.end - phrase.found.begin] for p in phrase.parties}
    out: list[Found] = []
    for party in phrase.parties:
        one = replace(phrase.found)
        if phrase.noun.group == "whole":
            one.id, one.of, one.name = party.id, party.of, party.name
        else:
            label = one.id.rsplit(":", 1)[-1]
            one.id, one.of = part_id(_party(party), label), _party(party)
            one.name = (
                f"{party.name} {label.replace('-', ' ')}"
                if not party.adjective
                else f"{words[party.id]} {tail}"
            )
        out.append(one)
    return out[::-1]
