// A wall clock that tests can set: a file that the program that sets it and the programs that follow it map.
// SETTABLE_CLOCK in the environment has its path.
#ifndef SETTABLE_CLOCK_H
#define SETTABLE_CLOCK_H

#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

struct settable_clock {
  // The time that the clock is ahead of the machine's, in nanoseconds.
  _Atomic int64_t offset;
  // The number of times it was set: a futex(2) to wait for the next one.
  _Atomic uint32_t steps;
  // The errno with which arming a timer that watches the clock fails; 0 if it works.
  _Atomic int32_t failure;
};

// Maps the file, and creates it if it is missing; NULL with errno set if that fails.
static inline struct settable_clock *settable_clock_map(const char *path) {
  int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0 || ftruncate(file, sizeof(struct settable_clock)) < 0) return NULL;
  void *memory = mmap(NULL, sizeof(struct settable_clock), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  return memory == MAP_FAILED ? NULL : memory;
}

#endif
