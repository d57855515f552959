// The heap use of a process, for benchmarks.
#ifndef HEAP_COUNT_H
#define HEAP_COUNT_H

#include <stdint.h>

/// The number of blocks that this process has ever taken from the heap, by malloc and its kin.
int64_t heap_allocations(void);
/// The number of bytes of the heap that are in use, as malloc rounded its blocks up.
int64_t heap_bytes(void);

#endif
