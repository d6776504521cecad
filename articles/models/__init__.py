"""The nouns of the archive. Each module holds a noun and the QuerySet that speaks of it."""

from .addresses import FormerSlug
from .article import Article
from .country import Country
from .event import Event, Evidence, Party
from .import_run import ImportRun
from .mention import Mention, Reading, Suggestion, unread
from .office import Membership, Post
from .person import OtherName, Person
from .protection import why_kept
from .source import Source
from .topic import Topic
from .version import Change, Record, Seal, Verification, Version

__all__ = [
    "Article",
    "Change",
    "Country",
    "Event",
    "Evidence",
    "FormerSlug",
    "ImportRun",
    "Membership",
    "Mention",
    "OtherName",
    "Party",
    "Person",
    "Post",
    "Reading",
    "Record",
    "Seal",
    "Source",
    "Suggestion",
    "Topic",
    "Verification",
    "Version",
    "unread",
    "why_kept",
]
