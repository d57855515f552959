#define _GNU_SOURCE
#include "SchedulePeers.h"
#include <dlfcn.h>
#include <glob.h>
#include <stdlib.h>
#include <time.h>

// systemd's src/shared/calendarspec.h.
static int (*from_string)(const char *, void **);
static int (*next_usec)(const void *, uint64_t, uint64_t *);
static void *(*release)(void *);

void peers_set_zone(const char *name) {
  setenv("TZ", name, 1);
  tzset();
}

bool peers_open_systemd(void) {
  glob_t found = {0};
  void *library = NULL;
  if (glob("/usr/lib/*/systemd/libsystemd-shared-*.so", 0, NULL, &found) == 0 ||
      glob("/usr/lib/systemd/libsystemd-shared-*.so", 0, NULL, &found) == 0)
    library = dlopen(found.gl_pathv[0], RTLD_NOW | RTLD_LOCAL);
  globfree(&found);
  if (!library) return false;
  from_string = dlsym(library, "calendar_spec_from_string");
  next_usec = dlsym(library, "calendar_spec_next_usec");
  release = dlsym(library, "calendar_spec_free");
  return from_string && next_usec && release;
}

double peers_walk_systemd(const char *expression, int64_t base, int steps, int64_t *last) {
  void *spec;
  if (!next_usec || from_string(expression, &spec) < 0) return -1;
  uint64_t time = base;
  int failed = 0;
  struct timespec begin, end;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  for (int step = 0; step < steps && !failed; step++) failed = next_usec(spec, time, &time) < 0;
  clock_gettime(CLOCK_MONOTONIC, &end);
  release(spec);
  *last = time;
  return failed ? -1 : ((end.tv_sec - begin.tv_sec) + (end.tv_nsec - begin.tv_nsec) * 1e-9) / steps;
}
