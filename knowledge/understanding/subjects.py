"""Who a question or a clause is about: cooperative, cooperative group, union, fund.

"Hợp tác xã" stands inside the names of the others, so the longest name at a place counts.
"""

from __future__ import annotations

import re

_SUBJECTS = (
    ("fund", r"quỹ hỗ trợ phát triển hợp tác xã|quỹ hợp tác xã|quỹ hỗ trợ hợp tác xã|quỹ htx"),
    ("alliance", r"liên minh hợp tác xã"),
    ("credit", r"quỹ tín dụng nhân dân"),
    ("union", r"liên hiệp hợp tác xã"),
    ("group", r"tổ hợp tác"),
    ("company", r"doanh nghiệp|công ty"),
    ("cooperative", r"hợp tác xã"),
)
_ANY = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _SUBJECTS))


def subjects(key: str) -> frozenset[str]:
    """Return the kinds of organisations that a search key names."""
    return frozenset(match.lastgroup or "" for match in _ANY.finditer(key))
