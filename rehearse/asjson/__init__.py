"""Values as JSON, schema 1."""

from rehearse.asjson.values import SCHEMA, Json, line, optional, question, seconds, speakers, words
from rehearse.asjson.whole import analysis

__all__ = [
    "SCHEMA",
    "Json",
    "analysis",
    "line",
    "optional",
    "question",
    "seconds",
    "speakers",
    "words",
]
