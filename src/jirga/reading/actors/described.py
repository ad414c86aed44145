"""Definite descriptions: whose army, which group, which minister, from what the report has told so far."""

from __future__ import annotations

from dataclasses import replace

from jirga.reading.actors.found import Found
from jirga.reading.actors.lexicon import lexicon
from jirga.reading.actors.phrases import Phrase, part_id
from jirga.reading.actors.resolve import MEMORY, History
from jirga.reading.actors.states import country_of, is_organ, state_of
from jirga.reading.actors.words import slug
from jirga.reading.wordlists import word_set

__all__ = ["OFFICE_STEP", "descriptions", "house_of", "office_of_state"]

OFFICE_STEP = (
    0.8  # "Prime Minister Ann Odera" is of the country that a report is about, far more than of the last one
)
_NEAR = 3  # sentences; "the troops" are those told of so lately, else those of the state
_ARMED = word_set("resolve armed")
_STATE = word_set("resolve state")
_NOBODYS = word_set("resolve nobodys")
_PLAIN_WORDS = word_set("resolve plain words")
_OWN = word_set("states own")
_SOLDIERS = word_set("states soldiers")
_UNIONS = word_set("states unions")
_NOT_ORGANS = word_set("described not organs")
_FIRMS = word_set("described firms")
_FIRM_REACH = 12  # sentences
_KINDS_OF_GROUPS = word_set("names naming")
_FOREIGN = frozenset({"mission", "peacekeeper", "peacekeepers"})
_RULING = word_set("described ruling")
_RELATIONS = word_set("described relations")
_JOINT = word_set("described joint")
_FIGHTING = word_set("described fighting")
_PRESIDENTS, _PREMIERS = word_set("described presidents"), word_set("described premiers")
_HEADS = frozenset({"prime minister", "premier", "chancellor"})
_MEN = frozenset({"man", "men"})
_COMMAND = word_set("described command")
_ARMIES = frozenset({"army", "military"})


def descriptions(phrase: Phrase, history: History, owner: list[Found]) -> list[Found]:
    """Settle a definite description: whose delegation, which group, which minister.

    Parameters
    ----------
    phrase : Phrase
        Open: it has no party of its own.
    history : History
    owner : list of Found
        Whom its possessive means ("its forces", "the army's chief"), if it has one.

    Returns
    -------
    list of Found
        The phrase settled, several times when it is of several parties; with an id of its own words when nobody fits.
    """
    found, noun = phrase.found, phrase.noun
    label = found.id.split(":", 1)[1]
    if owner and label in _MEN and all(one.kind in {"group", "unknown"} or _leads(one) for one in owner):
        return [_owned(replace(found), one, "fighters", "fighters", history) for one in owner]
    if owner and noun.group in {"people", "fighters"} and noun.part != "fighters":
        owner = []
    if owner:
        return [_owned(replace(found), one, noun.group, label, history) for one in owner]
    if noun.group == "office":
        _office(phrase, history)
        return [found]
    word = phrase.words.lower().split()[-1].rstrip(".")
    named = _namesake(phrase, word, history)
    if named is not None:
        found.id, found.of, found.name, found.kind = named.id, named.of, named.name, named.kind
        return [found]
    rebels = _rebels(phrase, history) if noun.group in {"delegation", "officials", "office"} else None
    if rebels is not None:
        _belong(found, rebels, part_id(rebels.party, label))
        return [found]
    organ = noun.group in {"force", "soldiers", "institution"} and (is_organ(word) or is_organ(label))
    organ = organ and word not in _NOT_ORGANS
    reach = _NEAR if organ else MEMORY
    if noun.group in {"delegation", "mediators", "institution", "force", "soldiers", "officials"}:
        before = history.parts.get(label, [])
        if not before and word == label and phrase.definite:  # "the ministry" after "the defence ministry"
            before = history.heads.get(word, [])
        if (
            before
            and found.sentence - before[0].sentence <= reach
            and _same_word(before[0], word, organ or word in _NOT_ORGANS or noun.group == "officials")
        ):
            return [replace(found, id=b.id, of=b.of, name=b.name, kind=b.kind) for b in before]
    if phrase.definite or _of_state(phrase, word, history):
        before_it = found.id
        _whose(phrase, label, word, organ, history)
        if found.id != before_it:
            return [found]
    if found.id.startswith("actor:"):
        found.id = phrase.plain
    return [found]


def _leads(one: Found) -> bool:
    """Tell whether a person leads fighters: "his men" are a commander's, not a priest's."""
    return one.kind == "person" and one.of is not None and bool(_COMMAND & set(one.title.split()))


def _rebels(phrase: Phrase, history: History) -> Found | None:
    """Return the armed group of "guerrilla negotiators", "rebel officials"."""
    told = phrase.plain.split(":", 1)[1].split("-")[:-1]
    nouns = lexicon().nouns
    fighting = any((noun := nouns.get(word)) is not None and noun.group == "fighters" for word in told)
    return _armed(history, phrase.found.sentence, "rebel") if fighting else None


def _namesake(phrase: Phrase, word: str, history: History) -> Found | None:
    """Return whom "the bank" or "the company" means by what was named: "World Bank", a name that tells no other kind."""
    if phrase.definite != "the" or phrase.noun.group not in {"institution", "faction"} or phrase.found.plural:
        return None
    if is_organ(word) or _told_apart(phrase) or phrase.restricted:
        return None
    named = history.named.get(word)
    if named is not None and phrase.found.sentence - named.sentence <= MEMORY:
        return named
    if word not in _FIRMS:
        return None
    return history.last(_firm, phrase.found.sentence, _FIRM_REACH)


def _firm(found: Found) -> bool:
    """Tell whether a name may be a firm's: not of a party, a place or a person, and without "union" or "council"."""
    if found.kind != "unknown" or found.plural or found.adjective or found.how not in {"name", "acronym"}:
        return False
    told = found.name.lower().replace("-", " ").split()
    nouns = lexicon().nouns
    told = told[:-1] if len(told) > 1 and told[-1] in {"group", "groups"} else told  # "Harwell Group"
    return not any(w in _KINDS_OF_GROUPS or (w in nouns and w not in _FIRMS) for w in told)


def _same_word(before: Found, word: str, telling: bool) -> bool:
    """Tell whether a word may stand for what was told before; "the militia" is not "the regional forces"."""
    return not telling or word in {"troops", "forces", "soldiers"} or word in before.name.lower()


def _of_state(phrase: Phrase, word: str, history: History) -> bool:
    """Tell whether a phrase without "the" is of a state: "government forces", "parliament", "11 soldiers" of the one."""
    told = set(phrase.plain.split(":", 1)[1].split("-"))
    if word == "parliament" or (
        told & _OWN and phrase.noun.group in {"force", "soldiers", "officials", "office"}
    ):
        return phrase.noun.group != "force" or told - {word} != set()
    return word in _SOLDIERS and not _told_apart(phrase) and history.survey.home() is not None


def _owned(found: Found, one: Found, group: str, label: str, history: History) -> Found:
    """Let a phrase belong to whom its possessive means; "his government" is the country of the person."""
    country = country_of(one.party, history)
    if _RELATIONS & set(label.split("-")):
        found.kind = "people"  # "its ally" is somebody else
        return found
    if group == "whole" and country is None and one.kind == "people":
        country = state_of(history, found.sentence)  # "farmers accused their own government"
        if country is None:
            return found
    if group == "whole" and country is not None:
        _as_country(found, country, history)
        return found
    if is_organ(label) and country is not None and one.kind == "person":
        one = replace(one, of=country, kind="government")
    if group == "office" and found.id.startswith("person:"):
        found.of = one.party
        return found
    if one.kind == "person" and one.of is not None:
        name, kind = history.as_party(one.of)
        one = replace(one, id=one.of, of=None, name=name, kind=kind)
    _belong(found, one, part_id(one.party, label))
    return found


def _as_country(found: Found, country: str, history: History) -> None:
    found.id, found.of, found.kind = country, None, "government"
    found.name, _ = history.as_party(country)


def _whose(phrase: Phrase, label: str, word: str, organ: bool, history: History) -> None:
    """Settle a description that was not told before, by the last party that can have such a part."""
    found, group = phrase.found, phrase.noun.group
    head = label.rsplit("-", 1)[-1]
    lemma = head[:-1] if found.plural and head.endswith("s") else head
    lemma = {"authoritie": "authority", "fighter": "rebel"}.get(lemma, lemma)
    if (word in _UNIONS or word == "mission") and phrase.definite == "the" and not _told_apart(phrase):
        union = history.unions.get(word) or history.last(lambda f: _union(f, word), found.sentence, 8)
        if union is not None:
            above = history.by_party.get(union.of or "")
            union = (
                above if above is not None and above.kind == "body" else union
            )  # "the bloc" is no commission
            history.unions.setdefault(word, union)
            found.id, found.of, found.name, found.kind = union.id, union.of, union.name, union.kind
            return
    if group in {"faction", "fighters"} or word in {"militia", "militias"}:
        _group(phrase, label, "rebel" if word.startswith("militia") else lemma, history)
    elif group == "whole" and lemma in _STATE:
        country = state_of(history, found.sentence, lemma)
        if country is not None and not _told_apart(phrase, _RULING):
            _as_country(found, country, history)
    elif organ and lemma not in _NOBODYS:
        _organ(found, label, word, history)
    elif (
        group in {"delegation", "force", "institution"}
        and not {lemma, word} & (_NOBODYS | _FOREIGN)
        and not _shared(phrase)
    ):
        side = history.last(lambda f: f.kind in {"country", "government", "group"}, found.sentence, 4)
        if side is not None:
            _belong(found, side, part_id(side.party, label))


def _shared(phrase: Phrase) -> bool:
    """Tell whether a body is of several or of nobody: "the joint ceasefire committee"."""
    return bool(set(phrase.plain.split(":", 1)[1].split("-")) & _JOINT)


def _union(found: Found, word: str) -> bool:
    """Tell whether a body may be called a bloc, a union, an alliance; one that calls itself a union is no alliance."""
    own = set(found.name.lower().split()) & _UNIONS
    return found.kind == "body" and (not own or word in own or word in {"bloc", "body", "mission"})


def _organ(found: Found, label: str, word: str, history: History) -> None:
    """Let an organ belong to its state; a known army ("the Congolese army") keeps its own id."""
    country = state_of(history, found.sentence, label)
    if country is None:
        return
    army = history.gazetteer.army(country) if word in _ARMIES or label == "armed-forces" else None
    name, _ = history.as_party(country)
    if army is not None:
        entry = history.gazetteer.entries[army]
        found.id, found.name, found.kind, found.of = entry.id, entry.name, entry.kind, country
        return
    found.id, found.of = part_id(country, label), country
    found.name, found.kind = f"{found.name} ({name})", "part"


def _group(phrase: Phrase, label: str, lemma: str, history: History) -> None:
    found, group = phrase.found, phrase.noun.group
    named = _armed(history, found.sentence, lemma)
    if named is None or (phrase.definite in {"these", "those", "this", "that"} and found.plural):
        return
    fighting = group == "fighters" or lemma == "rebel"
    if lemma in _ARMED and (fighting or not found.plural) and not _told_apart(phrase):
        found.id, found.of, found.name, found.kind = named.id, named.of, named.name, named.kind
    elif lemma == "branch" and named.kind == "unknown":
        return  # of a union or a party that nobody named
    elif (lemma not in _ARMED and not found.plural) or "-wing" in label:
        _belong(found, named, part_id(named.party, label))


def _armed(history: History, sentence: int, lemma: str) -> Found | None:
    """Return the armed group that was named last; one that governs, or a name that tells nothing, only for lack of it."""

    def rebel(found: Found) -> bool:
        if found.kind == "group":
            return country_of(found.party, history) is None
        told = set(found.name.lower().replace("-", " ").split())
        return found.kind == "unknown" and found.how in {"name", "acronym"} and bool(told & _FIGHTING)

    def any_group(found: Found) -> bool:
        if found.of is not None and found.id == history.gazetteer.army(found.of):
            return False  # "the army fired at the rebels"
        return found.kind == "group" or (
            found.kind == "unknown" and not found.plural and found.how in {"name", "acronym"}
        )

    named = history.last(rebel, sentence)
    if named is None or (lemma in {"group", "movement"} and sentence - named.sentence > 8):
        named = history.last(any_group, sentence, 8 if named else MEMORY) or named
    return named


def _told_apart(phrase: Phrase, plain: frozenset[str] = _PLAIN_WORDS) -> bool:
    """Tell whether words of its own tell a description apart from what was named: "the foreign country"."""
    words = phrase.plain.split(":", 1)[1].split("-")[:-1]
    return any(w not in plain for w in words)


def office_of_state(title: str) -> bool:
    """Tell whether an office is one of a state by itself: a president, a minister, an army chief; no party leader."""
    return lexicon().titles.get(title) in {"head", "minister"} or bool(set(title.split()) & _OWN)


def _office(phrase: Phrase, history: History) -> None:
    found = phrase.found
    holder = history.offices.get(found.title)
    if holder is None:
        short = found.title.rsplit(" ", 1)[-1]
        near = [f for title, f in history.offices.items() if title.rsplit(" ", 1)[-1] == short]
        holder = near[-1] if near and found.title == short else None
    if holder is not None and found.sentence - holder.sentence <= MEMORY and phrase.definite:
        found.id, found.of, found.name = holder.id, holder.of, holder.name
        return
    told = history.last(lambda f: f.title == found.title and f.of is not None, found.sentence, 12)
    if told is not None and phrase.definite:
        found.id, found.of, found.name = told.id, told.of, told.name
        return
    own = bool(set(phrase.plain.split(":", 1)[1].split("-")) & _OWN)
    party: str | None = None
    house, of = house_of(phrase, history)
    if house:
        if of is not None:
            found.id, found.of, found.name = (
                part_id(of.party, slug(found.title)),
                of.party,
                f"{found.name} ({of.name})",
            )
        return
    if own or (phrase.definite == "the" and office_of_state(found.title)):
        party = state_of(history, found.sentence, step=OFFICE_STEP)
    elif (
        phrase.definite == "the"
        and lexicon().titles.get(found.title) == "body"
        and found.title not in {"judge", "justice", "chief justice"}
    ):
        body = history.last(lambda f: f.kind == "body", found.sentence, 12)
        party = body.party if body is not None else None
    named = _ruler(found, history) if phrase.definite == "the" else None
    if named is not None:
        found.id, found.of, found.name = named.id, named.of, named.name
    elif party is not None:
        name, _ = history.as_party(party)
        found.id, found.of, found.name = part_id(party, slug(found.title)), party, f"{found.name} ({name})"


def _ruler(found: Found, history: History) -> Found | None:
    """Return whom "the president" means right after one was named without his office: "Macron refused", he said."""
    rulers = _PRESIDENTS if found.title == "president" else _PREMIERS if found.title in _HEADS else None
    if rulers is None or found.plural:
        return None
    return history.last(lambda f: f.id.removeprefix("person:") in rulers and not f.title, found.sentence, 1)


def house_of(phrase: Phrase, history: History) -> tuple[bool, Found | None]:
    """Return whether an office is of a body that is no state's ("union president"), and that body where it was told."""
    words = phrase.plain.split(":", 1)[1].split("-")[:-1]
    nouns = lexicon().nouns
    for word in words:
        noun = nouns.get(word)
        if noun is None or noun.group != "institution" or is_organ(word) or word in _OWN:
            continue
        told = history.parts.get(word)
        return True, told[0] if told and told[0].kind == "part" else history.named.get(word)
    return False, None


def _belong(found: Found, owner: Found, identity: str) -> None:
    found.id, found.of = identity, owner.party
    found.name = f"{found.name} ({owner.name})"
    found.kind = "part" if found.kind in {"people", "unknown"} else found.kind
