"""schema.py SCHEMAS FILE…: compares TOML files, or all of a folder, with the schemas of a folder, as an editor
does. A file's kind is the name of its folder (decks, guides, presets); all others are configurations. Prints a
line for each: its path, a tab, and nothing or the first thing that the schema forbids."""

import datetime
import json
import pathlib
import sys
import tomllib

import jsonschema

KINDS = {"decks": "deck", "guides": "guide", "presets": "preset"}


def as_json(value):
    """Editors turn dates into strings, for JSON has none."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value


validators = {}
for kind in [*KINDS.values(), "ritual"]:
    schema = json.loads(pathlib.Path(sys.argv[1], f"{kind}.schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    validators[kind] = jsonschema.Draft7Validator(schema)

for argument in map(pathlib.Path, sys.argv[2:]):
    for path in sorted(argument.rglob("*.toml")) if argument.is_dir() else [argument]:
        validator = validators[KINDS.get(path.parent.name, "ritual")]
        document = as_json(tomllib.loads(path.read_text()))
        error = next(iter(sorted(validator.iter_errors(document), key=lambda error: error.json_path)), None)
        print(path, "" if error is None else f"{error.json_path}: {error.message}", sep="\t")
