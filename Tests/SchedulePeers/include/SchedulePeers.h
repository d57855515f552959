// Recurrence searches of other programs, for comparison: loaded at run time, so that the build needs nothing.
#ifndef SCHEDULE_PEERS_H
#define SCHEDULE_PEERS_H

#include <stdbool.h>
#include <stdint.h>

/// Sets the zone of the process's wall clock, which systemd's search follows.
void peers_set_zone(const char *name);

/// Finds systemd's own library. False if it is missing or does not have the functions.
bool peers_open_systemd(void);
/// Walks from occurrence to occurrence and returns the seconds a step took; a negative number if systemd
/// refuses the expression or comes to an end. `last` is the end of the walk in microseconds since the epoch.
double peers_walk_systemd(const char *expression, int64_t base, int steps, int64_t *last);

/// Finds libical 3. False if it is missing, or if its header was missing at build time.
bool peers_open_libical(void);
/// As above, by libical's iterator, on a wall clock without a zone. It starts again if the rule ends, and
/// makes fewer steps if they are slow.
double peers_walk_libical(const char *start, const char *rule, int steps);

#endif
