"""Reads calendars from standard input, each behind a line with its length in bytes; prints what PyPI's icalendar reads in
them, a line a calendar: the properties of each event and alarm, sorted."""

import sys

import icalendar

stream = sys.stdin.buffer
while line := stream.readline():
    text = stream.read(int(line))
    try:
        calendar = icalendar.Calendar.from_ical(text)
        found = []
        for component in calendar.walk():
            for name, value in component.property_items(recursive=False):
                if name in ("BEGIN", "END"):
                    continue
                value = value.to_ical() if hasattr(value, "to_ical") else str(value).encode()
                text = value.decode() if isinstance(value, bytes) else value
                found.append(component.name + "." + name + "=" + text)
        print("|".join(sorted(found)).replace("\n", "\\n"))
    except Exception as error:
        print("failed", type(error).__name__, str(error).replace("\n", " "))
