"""Files of the home in JSON: one way to write their text, and one way to read it back."""

from __future__ import annotations

import json
from typing import Any

from rehearse.errors import NewerFile
from rehearse.model.codec import Json

SCHEMA = 1


def text_of(fields: dict[str, Any]) -> str:
    """`fields` come from `codec.dump`."""
    value: dict[str, Json] = {"schema": SCHEMA, **fields}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def fields_of(text: str, where: str) -> dict[str, Any]:
    """What `codec.load` reads back. Raises NewerFile, and one of `codec.DAMAGE`."""
    value: dict[str, Any] = json.loads(text)
    schema = value["schema"]
    if not isinstance(schema, int) or schema > SCHEMA:
        raise NewerFile(f"{where} was made by a newer version of rehearse (schema {schema}).")
    return value
