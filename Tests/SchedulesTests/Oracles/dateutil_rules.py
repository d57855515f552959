"""Reads rules, one a line: DTSTART, RRULE and how many to list, with blanks between; answers each with its times.

Times are on a wall clock without a zone, as python-dateutil reckons. A rule that takes too long is answered by
"slow", one that it refuses by "refused", one on which it fails by "failed".
"""
import itertools
import signal
import sys
import warnings

from dateutil.rrule import rrulestr

warnings.simplefilter("ignore")


def stop(*_):
    raise TimeoutError


signal.signal(signal.SIGVTALRM, stop)
for line in sys.stdin:
    start, rule, count = line.split()
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.1)
    try:
        rules = rrulestr(f"DTSTART:{start}\nRRULE:{rule}")
        times = [f"{time:%Y%m%dT%H%M%S}" for time in itertools.islice(rules, int(count))]
        answer = " ".join(times)
    except TimeoutError:
        answer = "slow"
    except ValueError:
        answer = "refused"
    except Exception:  # It fails by itself on some rules: IndexError, OverflowError.
        answer = "failed"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    print(answer)
