// Other programs' recurrence searches, for comparison: found at run time, so that nothing is needed to build.
#ifndef SCHEDULE_PEERS_H
#define SCHEDULE_PEERS_H

#include <stdbool.h>
#include <stdint.h>

/// Makes the process's wall clock, which is the one that systemd's search goes by, that of a zone.
void peers_set_zone(const char *name);

/// Finds systemd's own library. False where it is not there, or does not have the functions.
bool peers_open_systemd(void);
/// Seconds a step that a walk from occurrence to occurrence took, or a negative number where systemd refuses
/// the expression or comes to an end. `last` is where the walk ended, in microseconds since the epoch.
double peers_walk_systemd(const char *expression, int64_t base, int steps, int64_t *last);

/// Finds libical 3. False where it is not there, or its header was not there when this was built.
bool peers_open_libical(void);
/// As above, by libical's iterator, on a wall clock without a zone; from the start anew where the rule ends,
/// and not as far where steps are dear.
double peers_walk_libical(const char *start, const char *rule, int steps);

#endif
