// A program's own malloc goes before the C library's, for every library in the process: Swift's too. These
// functions count and call the C library's. Only one thread measures, so plain numbers are enough.
#include "HeapCount.h"
#include <errno.h>
#include <malloc.h>
#include <stddef.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static int64_t allocations, bytes;

int64_t heap_allocations(void) { return allocations; }
int64_t heap_bytes(void) { return bytes; }

static void *taken(void *block) {
  if (block) {
    allocations++;
    bytes += malloc_usable_size(block);
  }
  return block;
}

void *malloc(size_t size) { return taken(__libc_malloc(size)); }
void *calloc(size_t count, size_t size) { return taken(__libc_calloc(count, size)); }
void *aligned_alloc(size_t alignment, size_t size) { return taken(__libc_memalign(alignment, size)); }
void *memalign(size_t alignment, size_t size) { return taken(__libc_memalign(alignment, size)); }

int posix_memalign(void **block, size_t alignment, size_t size) {
  void *found = taken(__libc_memalign(alignment, size));
  if (!found) return ENOMEM;
  *block = found;
  return 0;
}

void *realloc(void *block, size_t size) {
  size_t before = block ? malloc_usable_size(block) : 0;
  void *moved = __libc_realloc(block, size);
  if (moved || size == 0) bytes -= before;
  return taken(moved);
}

void free(void *block) {
  if (block) bytes -= malloc_usable_size(block);
  __libc_free(block);
}
