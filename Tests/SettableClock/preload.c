// Preloaded (ld.so(8)), this library gives a program the clock of settable-clock.h as its CLOCK_REALTIME.
// Timers behave as the kernel's do when the clock is set (timerfd_create(2); timerfd_setup and
// timerfd_clock_was_set in the kernel's fs/timerfd.c):
//   - an absolute timer expires when this clock reaches its time, however the clock was set meanwhile;
//   - one with TFD_TIMER_CANCEL_ON_SET is readable at once after a step, and the read fails with ECANCELED;
//   - arming such a timer after a step that was not read fails with ECANCELED too, arms it, and counts as the
//     read.
// The library sees only calls by the dynamic linker: no futexes or sleeps until a time of CLOCK_REALTIME.
#define _GNU_SOURCE 1
#include "settable-clock.h"
#include <dlfcn.h>
#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>

#define SECOND INT64_C(1000000000)
#define REAL(name) ((typeof(&name))real(#name))

static struct settable_clock unset;
static struct settable_clock *settable = &unset;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

// A timer of CLOCK_REALTIME, by its descriptor.
struct timer {
  bool is_ours, is_absolute, watches_clock;
  // Its expiry, by the settable clock.
  struct itimerspec target;
  // The number of clock steps at the latest report of one.
  uint32_t told;
};
static struct timer timers[4096];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct timer *timer_of(int descriptor) {
  if (descriptor < 0 || descriptor >= (int)(sizeof timers / sizeof *timers)) return NULL;
  return timers[descriptor].is_ours ? &timers[descriptor] : NULL;
}

static bool was_set(const struct timer *timer) { return timer->watches_clock && timer->told != settable->steps; }

// Arms the kernel's timer for the moment when the settable clock will show the expiry.
static int arm(int descriptor, const struct timer *timer) {
  struct itimerspec time = timer->target;
  if (time.it_value.tv_sec != 0 || time.it_value.tv_nsec != 0) {
    // Beyond some centuries the kernel limits the value to its own range, and so does this.
    int64_t seconds = time.it_value.tv_sec > INT64_MAX / SECOND / 2 ? INT64_MAX / SECOND / 2 : time.it_value.tv_sec;
    int64_t wanted = seconds * SECOND + time.it_value.tv_nsec - settable->offset;
    if (wanted < 1) wanted = 1;
    time.it_value = (struct timespec){wanted / SECOND, wanted % SECOND};
  }
  return REAL(timerfd_settime)(descriptor, TFD_TIMER_ABSTIME, &time, NULL);
}

// After a step: timers that watch the clock become readable, others are armed again unless they have expired.
static void step(void) {
  const struct itimerspec at_once = {.it_value = {0, 1}};
  for (int descriptor = 0; descriptor < (int)(sizeof timers / sizeof *timers); descriptor++) {
    struct timer *timer = timer_of(descriptor);
    struct itimerspec left;
    if (!timer || !timer->is_absolute) continue;
    if (was_set(timer)) {
      REAL(timerfd_settime)(descriptor, TFD_TIMER_ABSTIME, &at_once, NULL);
    } else if (timerfd_gettime(descriptor, &left) == 0 && (left.it_value.tv_sec != 0 || left.it_value.tv_nsec != 0)) {
      arm(descriptor, timer);
    }
  }
}

static void *follow(void *nothing) {
  uint32_t seen = 0;
  for (;;) {
    syscall(SYS_futex, &settable->steps, FUTEX_WAIT, seen, NULL, NULL, 0);
    uint32_t steps = settable->steps;
    if (steps == seen) continue;
    seen = steps;
    pthread_mutex_lock(&lock);
    step();
    pthread_mutex_unlock(&lock);
  }
  return nothing;
}

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("SETTABLE_CLOCK");
  struct settable_clock *shared = path ? settable_clock_map(path) : NULL;
  if (!shared) return;
  settable = shared;
  // The thread handles no signals of the program.
  sigset_t all, before;
  pthread_t thread;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  if (pthread_create(&thread, NULL, follow, NULL) != 0) abort();
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

// MARK: The clock

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = REAL(clock_gettime)(clock, time);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    int64_t now = time->tv_sec * SECOND + time->tv_nsec + settable->offset;
    *time = (struct timespec){now / SECOND, now % SECOND};
  }
  return result;
}

int gettimeofday(struct timeval *restrict value, void *restrict zone) {
  (void)zone;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  *value = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
  return 0;
}

time_t time(time_t *result) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (result) *result = now.tv_sec;
  return now.tv_sec;
}

// MARK: Timers

int timerfd_create(int clock, int flags) {
  int descriptor = REAL(timerfd_create)(clock, flags);
  if (descriptor < 0 || clock != CLOCK_REALTIME) return descriptor;
  // Without a place in the table it would follow the machine's clock.
  if (descriptor >= (int)(sizeof timers / sizeof *timers)) abort();
  pthread_mutex_lock(&lock);
  timers[descriptor] = (struct timer){.is_ours = true};
  pthread_mutex_unlock(&lock);
  return descriptor;
}

int timerfd_settime(int descriptor, int flags, const struct itimerspec *new, struct itimerspec *old) {
  pthread_mutex_lock(&lock);
  struct timer *timer = timer_of(descriptor);
  bool watches_clock = flags & TFD_TIMER_CANCEL_ON_SET;
  int result;
  if (!timer || !(flags & TFD_TIMER_ABSTIME)) {
    if (timer) timer->is_absolute = timer->watches_clock = false;
    result = REAL(timerfd_settime)(descriptor, flags, new, old);
  } else if (watches_clock && settable->failure != 0) {
    errno = settable->failure;
    result = -1;
  } else {
    if (old) timerfd_gettime(descriptor, old);
    // A timer that begins to watch reports only later steps.
    if (watches_clock && !timer->watches_clock) timer->told = settable->steps;
    timer->is_absolute = true;
    timer->watches_clock = watches_clock;
    timer->target = *new;
    result = arm(descriptor, timer);
    bool is_armed = new->it_value.tv_sec != 0 || new->it_value.tv_nsec != 0;
    if (result == 0 && is_armed && was_set(timer)) {
      timer->told = settable->steps;
      errno = ECANCELED;
      result = -1;
    }
  }
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

ssize_t read(int descriptor, void *bytes, size_t size) {
  pthread_mutex_lock(&lock);
  struct timer *timer = timer_of(descriptor);
  bool is_news = timer && was_set(timer);
  if (is_news) {
    timer->told = settable->steps;
    struct pollfd readable = {.fd = descriptor, .events = POLLIN};
    uint64_t expirations;
    if (poll(&readable, 1, 0) > 0) REAL(read)(descriptor, &expirations, sizeof expirations);
    // The kernel leaves it armed as it was.
    arm(descriptor, timer);
  }
  pthread_mutex_unlock(&lock);
  if (!is_news) return REAL(read)(descriptor, bytes, size);
  errno = ECANCELED;
  return -1;
}

int close(int descriptor) {
  pthread_mutex_lock(&lock);
  struct timer *timer = timer_of(descriptor);
  if (timer) timer->is_ours = false;
  pthread_mutex_unlock(&lock);
  return REAL(close)(descriptor);
}
