"""The tables, as the migrations leave them; `tests/knowledge/test_catalogue.py` compares both."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

HEAD = "0005"  # revision that this code expects

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("origin", Text, nullable=False),  # the folder, chat or link it came from
    Column("path", Text, nullable=False),  # its path within the origin
    Column("added_at", DateTime(timezone=True), nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", String(16), ForeignKey("documents.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),  # 1-based count within the document
    Column("fingerprint", String(64), nullable=False),  # of content, metadata and way of cutting
    Column("sha256", String(64), nullable=False),
    Column("reader", String(16), nullable=False),
    Column("pages", Integer),
    Column("title", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("official_number", Text, nullable=False),
    Column("retells", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("issued", Date),
    Column("place", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("audience", String(16), nullable=False),
    Column("notes", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

effects = Table(
    "effects",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version_id", Integer, ForeignKey("versions.id"), nullable=False, index=True),
    Column("article", String(16), nullable=False),
    Column("clause", String(16), nullable=False),
    Column("starts", Date),
    Column("ends", Date),
    Column("replaced_by", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("corrected", Boolean, nullable=False, server_default=false()),  # by an admin
)

changes = Table(
    "changes",
    metadata,
    Column("version_id", Integer, ForeignKey("versions.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),  # 0-based order within the document
    Column("deed", String(16), nullable=False),  # replaces | repeals | amends
    Column("by_number", Text, nullable=False),
    Column("target_number", Text, nullable=False),
    Column("article", String(16), nullable=False),
    Column("clause", String(16), nullable=False),
    Column("part", Text, nullable=False),
    Column("starts", Date),
    Column("excepted", JSON, nullable=False),
    Column("exception", Text, nullable=False),
    Column("locator", Text, nullable=False),
    Column("sentence", Text, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("version_id", Integer, ForeignKey("versions.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("id", String(32), nullable=False),
    Column("breadcrumb", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("article", String(16), nullable=False),
    Column("clause", String(16), nullable=False),
    Column("locator", Text, nullable=False),
    Column("page", Integer),
    Column("start", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("search_text", Text, nullable=False),
    Column("meaning_text", Text, nullable=False),
)
Index("ix_passages_id", passages.c.id)

figures = Table(
    "figures",
    metadata,
    Column("version_id", Integer, ForeignKey("versions.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),  # 0-based order within the document
    Column("indicator", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("value", Text, nullable=False),  # a decimal as written: no column type keeps all digits
    Column("value_max", Text),
    Column("comparator", String(8), nullable=False),
    Column("unit", String(64), nullable=False),
    Column("place", Text, nullable=False),
    Column("period", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("quote", Text, nullable=False),
)

generations = Table(
    "generations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", String(16), nullable=False),  # staged | live | retired
    Column("note", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("published_at", DateTime(timezone=True)),
)

contents = Table(
    "contents",
    metadata,
    Column("generation_id", Integer, ForeignKey("generations.id"), primary_key=True),
    Column("document_id", String(16), ForeignKey("documents.id"), primary_key=True),
    Column("version_id", Integer, ForeignKey("versions.id"), nullable=False),
)

# --- conversations; chats, people and messages are numbered by Telegram, in up to 52 bits ---------

people = Table(
    "people",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(2), nullable=False),  # chosen with /language; "" when never
    Column("name", Text, nullable=False, server_default=""),  # as Telegram shows it
    Column("role", Text, nullable=False, server_default=""),  # manager | officer | admin | ""
    Column("state", Text, nullable=False, server_default=""),  # asked | member | blocked | ""
    Column("quiet", String(8), nullable=False, server_default=""),  # hours without notices: "21-6"
    Column("changed_at", DateTime(timezone=True)),
    Column("decided_by", BigInteger),  # the admin who last changed role or state
    # [chat, message] of the cards that ask admins to let this person in; [] once that is decided
    Column("cards", JSON, nullable=False, server_default="[]"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True),  # in order of arrival
    Column("key", String(32), nullable=False, unique=True),  # hash of the update
    Column("payload", Text, nullable=False),  # the update as JSON; "" once it is done
    Column("done", Boolean, nullable=False),
    Column("taken_at", DateTime(timezone=True), nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(32), nullable=False, unique=True),  # of the update that asked
    Column("chat", BigInteger, nullable=False),
    Column("person", BigInteger, nullable=False),
    Column("message", BigInteger, nullable=False),  # that asked
    Column("shown", BigInteger),  # the message that answers
    Column("parent", Integer, ForeignKey("turns.id")),  # the turn that it follows
    Column("pressed", Boolean, nullable=False),  # a button asked, nobody typed it
    Column("text", Text, nullable=False),
    Column("status", String(16), nullable=False),  # of the answer; "" until there is one
    Column("answer", Text, nullable=False),  # as JSON; "" until there is one
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("answered_at", DateTime(timezone=True)),
    Column("audience", String(16), nullable=False, server_default=""),  # whose documents answered
    Column("generation", Integer, nullable=False, server_default="0"),  # of the library that did
    Column("latency_ms", Integer),  # from taking the question to its answer
)
Index("ix_turns_chat_shown", turns.c.chat, turns.c.shown)
Index("ix_turns_chat_message", turns.c.chat, turns.c.message)
Index("ix_turns_chat_person", turns.c.chat, turns.c.person)

feedback = Table(
    "feedback",
    metadata,
    Column("turn_id", Integer, ForeignKey("turns.id"), primary_key=True),
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("helpful", Boolean, nullable=False),
    Column("given_at", DateTime(timezone=True), nullable=False),
)

# --- the office -----------------------------------------------------------------------------------

options = Table(  # what admins chose for the whole bot
    "options",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("person", BigInteger, nullable=False),  # 0: the bot itself
    Column("deed", String(32), nullable=False),
    Column("object", Text, nullable=False),
    Column("detail", Text, nullable=False),
)

notices = Table(  # messages that somebody is owed, each once
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),  # the same key is never owed twice
    Column("person", BigInteger, nullable=False),
    Column("payload", Text, nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("state", String(16), nullable=False),  # owed | sent | closed
    Column("shown", BigInteger),  # the message that tells it, once there is one
)

drafts = Table(  # files that an admin sent and nobody published yet
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", BigInteger, nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("message", BigInteger),  # the card
    Column("state", String(16), nullable=False),  # a link | open | publishing | published | …
    Column("files", Text, nullable=False),  # with what was understood and corrected, as JSON
    Column("link", Text, nullable=False),  # that may be fetched; "" for files sent in the chat
    Column("page", Integer, nullable=False),  # 1-based file that the card shows
    Column("asks", String(16), nullable=False),  # what a reply to the card corrects; "" for nothing
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

gaps = Table(  # questions of one meaning that the documents do not answer
    "gaps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("question", Text, nullable=False),  # the one that stands for all
    Column("state", String(16), nullable=False),  # open | answered | closed
    Column("answer", Text, nullable=False),
    Column("person", BigInteger),  # who answered or closed it
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

gap_turns = Table(
    "gap_turns",
    metadata,
    Column("turn_id", Integer, ForeignKey("turns.id"), primary_key=True, autoincrement=False),
    Column("gap_id", Integer, ForeignKey("gaps.id"), nullable=False, index=True),
)

handovers = Table(  # questions handed to the officers
    "handovers",
    metadata,
    Column("turn_id", Integer, ForeignKey("turns.id"), primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),  # of the asker, who agreed to be named
    Column("state", String(16), nullable=False),  # waiting | taken | answered
    Column("officer", BigInteger),
    Column("answer", Text, nullable=False),
    Column("helpful", Boolean),  # what the asker says of the answer
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

prompts = Table(  # messages of ours to which a reply is no question
    "prompts",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("message", BigInteger, primary_key=True, autoincrement=False),
    Column("what", String(64), nullable=False),
)

known_problems = Table(  # inconsistencies that an admin has looked at
    "known_problems",
    metadata,
    Column("mark", String(8), primary_key=True),
    Column("person", BigInteger, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", BigInteger, nullable=False, index=True),
    Column("place", Text, nullable=False),  # "" for every place
    Column("kind", String(16), nullable=False),  # "" for every kind
    Column("since", DateTime(timezone=True), nullable=False),
    UniqueConstraint("person", "place", "kind"),
)

news = Table(  # of which new versions somebody is to be told, each once
    "news",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("version_id", Integer, primary_key=True, autoincrement=False),
    Column("bundle", String(64), nullable=False),  # key of the message; "" before there is one
    Column("owed", Boolean, nullable=False),  # that message
)
