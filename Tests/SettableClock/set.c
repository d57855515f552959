// Sets a clock of settable-clock.h:
//   set FILE PAUSE OFFSET…   to each of these offsets from the machine's clock, in nanoseconds, PAUSE
//                            microseconds apart
//   set FILE fail ERRNO      makes arming a timer that watches the clock fail; 0 ends that
#define _GNU_SOURCE 1
#include "settable-clock.h"
#include <limits.h>
#include <linux/futex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

int main(int count, char **words) {
  struct settable_clock *clock = count > 3 ? settable_clock_map(words[1]) : NULL;
  if (!clock) {
    fprintf(stderr, "set: no clock to set\n");
    return EXIT_FAILURE;
  }
  if (strcmp(words[2], "fail") == 0) {
    clock->failure = atoi(words[3]);
    return EXIT_SUCCESS;
  }
  for (int index = 3; index < count; index++) {
    clock->offset = strtoll(words[index], NULL, 10);
    clock->steps++;
    syscall(SYS_futex, &clock->steps, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
    if (index + 1 < count) usleep((useconds_t)atoi(words[2]));
  }
  return EXIT_SUCCESS;
}
