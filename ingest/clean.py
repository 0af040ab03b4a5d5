"""What a news portal prints around an article, told apart from the article itself.

Each pattern stands for a kind of line that portals of ministries, provinces and newspapers share;
nothing is dropped that could be a sentence of the text. What was dropped is counted and reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading import Block, BlockKind

# A whole line is boilerplate when one of these matches all of it.
_LINES = re.compile(
    r"""^(?:
      (?:(?:số\s)?lượt\s(?:xem|truy\scập|đọc)|lượt\sxem|đã\sxem|đọc\s?:)\s*:?\s*[\d.,]*
    | [\d.,]+\slượt\s(?:xem|đọc)
    | (?:ý\skiến|bình\sluận)\s*\(\s*\d*\s*\)
    | \d+\s*/\s*\d+\ský\stự
    | đang\stải(?:\sdữ\sliệu)?\s*\.*
    | (?:gửi|viết)\sbình\sluận(?:\scủa\sbạn)?
    | [•\-]?\s*từ\skhóa\s*(?::.{0,80})?
    | (?:in\s(?:bài|trang)|chia\ssẻ|facebook|twitter|zalo|aA|a\+|a-|email|về\sđầu\strang
         |(?:tăng|giảm)\scỡ\schữ)
      (?:\s*[|,/]?\s*(?:in\s(?:bài|trang)|chia\ssẻ|facebook|twitter|zalo|email))*
    | ©.*|(?:bản\squyền|copyright)\s(?:©|thuộc|của|by|\d{4}).{0,120}
    | trang\s\d+(?:\s*/\s*\d+)?
    | (?:trang\schủ|home)(?:\s*[>»/|].*)?
    | .{2,30},\s*\d+°C(?:\s*[,/-].*)?
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
# From such a line on, what follows is a list of other articles.
_OTHER_NEWS = re.compile(
    r"^(?:các\s)?(?:tin|bài(?:\sviết)?)\s(?:khác|liên\squan|mới(?:\snhất|\shơn)?|cũ\shơn|cùng\schuyên\smục|đọc\snhiều)\s*:?$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"^(?:ảnh|hình(?:\sảnh)?|nguồn\sảnh)\s*(?:\d+\s*)?[:.]\s*\S.{0,200}$", re.IGNORECASE
)
_LAST_PART = 0.5  # a list of other articles begins in the second half of the page


def without_boilerplate(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], int]:
    """Return the blocks of the article and how many were dropped."""
    kept: list[Block] = []
    for index, block in enumerate(blocks):
        late = index >= len(blocks) * _LAST_PART
        if late and block.kind is not BlockKind.TABLE and _OTHER_NEWS.match(block.text):
            break
        if not _is_boilerplate(block):
            kept.append(block)
    return tuple(kept), len(blocks) - len(kept)


def _is_boilerplate(block: Block) -> bool:
    if block.kind is BlockKind.TABLE:
        return False
    return bool(_LINES.match(block.text) or _CAPTION.match(block.text))
