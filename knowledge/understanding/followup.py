"""Questions that lean on the ones before them ("thế còn Cà Mau?", "phi nông nghiệp thì sao?").

A follow-up that only names another place, period or subject is put into the earlier question in
the place of the one it had; any other follow-up brings the earlier question's words along.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from knowledge.vietnamese.lexicon import (
    PhraseTable,
    figure_phrases,
    question_phrases,
    stop_words,
)
from knowledge.vietnamese.periods import find_periods
from knowledge.vietnamese.places import find_places

_OPENERS = PhraseTable.of(
    [
        (phrase, ("opener",))
        for phrase in (
            "thế còn",
            "thế con",  # "the con", as the spelling model may read it
            "vậy con",
            "vậy còn",
            "còn",
            "thế",
            "vậy",
            "thế thì",
            "vậy thì",
            "vậy nếu",
            "thế nếu",
            "nếu vậy",
            "what about",
            "how about",
            "and",
            "and for",
        )
    ]
)
_CLOSERS = PhraseTable.of(
    [
        (phrase, ("closer",))
        for phrase in ("thì sao", "thì thế nào", "ra sao", "thì bao nhiêu", "thì mấy", "thế nào")
    ]
)
# Words that ask for a comparison with what was asked before; they are added to it.
_COMPARED = PhraseTable.of(
    [
        (phrase, ("compared",))
        for phrase in (
            "so với",
            "tăng hay giảm",
            "giảm hay tăng",
            "lên hay xuống",
            "tăng bao nhiêu",
            "giảm bao nhiêu",
            "compared with",
            "compared to",
        )
    ]
)
# Words that take each other's place in a question, one family a row.
_FAMILIES = (
    ("liên hiệp hợp tác xã", "hợp tác xã", "tổ hợp tác", "quỹ tín dụng nhân dân", "trang trại"),
    ("thành viên chính thức", "thành viên liên kết góp vốn", "thành viên liên kết không góp vốn"),
    ("thành viên", "lao động", "tổ viên"),
    ("doanh thu", "lợi nhuận", "thu nhập", "vốn điều lệ"),
    ("thành lập mới", "giải thể", "ngừng hoạt động", "đang hoạt động"),
    ("hội đồng quản trị", "ban kiểm soát", "giám đốc", "đại hội thành viên", "kiểm soát viên"),
)


@cache
def _kin() -> PhraseTable:
    """Return the words of the families, each with the number of its family."""
    families = (figure_phrases("sector"), figure_phrases("grade"), *_FAMILIES)
    return PhraseTable.of(
        [(phrase, (str(row),)) for row, family in enumerate(families) for phrase in family]
    )


_ENGLISH_FRAME = frozenset(("in", "of", "for", "the", "at", "on", "then"))
_SHORT = 9  # words; a longer question with its own content stands alone


@dataclass(frozen=True, slots=True)
class _Slot:
    kind: str
    start: int
    end: int


def leans(words: list[str]) -> bool:
    """Tell whether a question cannot be understood without the one before it."""
    if _defines(words):
        return False
    opened = any(start == 0 for start, _, _ in _OPENERS.matches(words))
    closed = any(end >= len(words) - 1 for _, end, _ in _CLOSERS.matches(words))
    return (
        (opened and len(words) <= 2 * _SHORT)
        or (closed and len(words) <= _SHORT)
        or (0 < len(words) <= _SHORT and not _own_content(words))
    )


def _defines(words: list[str]) -> bool:
    """Tell whether a question only asks what a subject is: "hợp tác xã là gì"."""
    asked = [m for m in question_phrases().matches(words) if "definition" in m[2]]
    subjects = list(_kin().matches(words))
    return bool(asked) and bool(subjects) and min(asked[0][0], subjects[0][0]) == 0


def complete(words: list[str], earlier: list[str]) -> list[str]:
    """Return the follow-up as a whole question: the earlier one with the new words in place."""
    if any(_COMPARED.matches(words)):
        return [*earlier, *words]
    slots = _slots(words)
    old = _slots(earlier)
    kinds = {slot.kind for slot in old}
    if slots and not _own_content(words) and any(slot.kind in kinds for slot in slots):
        return _substituted(words, slots, earlier, old)
    missing = [word for word in earlier if word not in set(words) and word not in stop_words()]
    return [*words, *missing]


def _substituted(
    words: list[str], slots: list[_Slot], earlier: list[str], old: list[_Slot]
) -> list[str]:
    result = list(earlier)
    for slot in sorted(old, key=lambda item: -item.start):
        new = next((item for item in slots if item.kind == slot.kind), None)
        if new is not None:
            result[slot.start : slot.end] = words[new.start : new.end]
    kinds = {slot.kind for slot in old}
    for slot in slots:
        if slot.kind not in kinds:
            result += words[slot.start : slot.end]
    return result


def _slots(words: list[str]) -> list[_Slot]:
    places = find_places(words)
    slots = [_Slot("place", mention.start, mention.end) for mention in places]
    slots += [_Slot(values[0], start, end) for start, end, values in _kin().matches(words)]
    for index, word in enumerate(words):
        if find_periods(word):
            before = index - 1 if index and words[index - 1] == "năm" else index
            slots.append(_Slot("period", before, index + 1))
    taken: list[_Slot] = []
    for slot in sorted(slots, key=lambda item: item.start):
        if not taken or slot.start >= taken[-1].end:
            taken.append(slot)
    return taken


def _own_content(words: list[str]) -> list[str]:
    """Return the words that are neither a slot nor a stop word nor a follow-up's frame."""
    covered: set[int] = set()
    for slot in _slots(words):
        covered.update(range(slot.start, slot.end))
    for table in (_OPENERS, _CLOSERS, _COMPARED):
        for start, end, _ in table.matches(words):
            covered.update(range(start, end))
    return [
        word
        for index, word in enumerate(words)
        if index not in covered
        and word[0].isalpha()
        and word not in stop_words()
        and word not in _ENGLISH_FRAME
    ]
