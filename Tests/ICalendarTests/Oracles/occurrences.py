"""Reads calendars from standard input, each behind a line with its length in bytes; prints the starts of all that
happens between two instants, in UTC, a line a calendar, as PyPI's recurring-ical-events understands them."""

import datetime
import sys

import icalendar
import recurring_ical_events

begin = datetime.datetime(2026, 11, 1, tzinfo=datetime.timezone.utc)
end = datetime.datetime(2027, 11, 1, tzinfo=datetime.timezone.utc)

stream = sys.stdin.buffer
while line := stream.readline():
    text = stream.read(int(line))
    try:
        calendar = icalendar.Calendar.from_ical(text)
        starts = {
            event["DTSTART"].dt.astimezone(datetime.timezone.utc)
            for event in recurring_ical_events.of(calendar).between(begin, end)
        }
        print(" ".join(sorted(start.strftime("%Y%m%dT%H%M%SZ") for start in starts if begin <= start < end)))
    except Exception as error:  # what it does not understand is not judged
        print("failed", type(error).__name__, str(error).replace("\n", " "))
