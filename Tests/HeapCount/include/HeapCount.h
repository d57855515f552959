// What a process takes from its heap, for benchmarks.
#ifndef HEAP_COUNT_H
#define HEAP_COUNT_H

#include <stdint.h>

/// How many blocks this process has ever taken from the heap, by malloc and its kin.
int64_t heap_allocations(void);
/// How many bytes of the heap are in use, as its blocks were cut.
int64_t heap_bytes(void);

#endif
