#define _GNU_SOURCE
#include "SchedulePeers.h"

// libical passes structures by value, so their layout must come from its header.
#if __has_include(<libical/ical.h>)
#include <dlfcn.h>
#include <libical/ical.h>
#include <time.h>

static __typeof__(&icalrecurrencetype_from_string) rule_from_string;
static __typeof__(&icaltime_from_string) time_from_string;
static __typeof__(&icalrecur_iterator_new) iterator_new;
static __typeof__(&icalrecur_iterator_next) iterator_next;
static __typeof__(&icalrecur_iterator_free) iterator_free;

bool peers_open_libical(void) {
  void *library = ICAL_MAJOR_VERSION == 3 ? dlopen("libical.so.3", RTLD_NOW | RTLD_LOCAL) : NULL;
  if (!library) return false;
  rule_from_string = dlsym(library, "icalrecurrencetype_from_string");
  time_from_string = dlsym(library, "icaltime_from_string");
  iterator_new = dlsym(library, "icalrecur_iterator_new");
  iterator_next = dlsym(library, "icalrecur_iterator_next");
  iterator_free = dlsym(library, "icalrecur_iterator_free");
  return rule_from_string && time_from_string && iterator_new && iterator_next && iterator_free;
}

// Rules that cost a millisecond a step need fewer steps: some 50 ms are enough.
static const double enough = 0.05;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

double peers_walk_libical(const char *start, const char *rule, int steps) {
  if (!iterator_new) return -1;
  struct icalrecurrencetype recurrence = rule_from_string(rule);
  struct icaltimetype from = time_from_string(start);
  if (recurrence.freq == ICAL_NO_RECURRENCE) return -1;
  int found = 0;
  double begin = now(), time = 0;
  while (found < steps && time < enough) {
    int before = found;
    icalrecur_iterator *iterator = iterator_new(recurrence, from);
    if (!iterator) return -1;
    // The year in which the other programs stop.
    while (found < steps) {
      struct icaltimetype next = iterator_next(iterator);
      if (next.year == 0 || next.year > 2199) break;
      found++;
    }
    iterator_free(iterator);
    if (found == before) return -1;
    time = now() - begin;
  }
  return time / found;
}
#else
bool peers_open_libical(void) { return false; }

double peers_walk_libical(const char *start, const char *rule, int steps) {
  (void)start, (void)rule, (void)steps;
  return -1;
}
#endif
