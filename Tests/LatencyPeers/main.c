// The programs that scripts/bench-latency compares the daemon's latency with, and their notification server:
//   LatencyPeers serve COUNT DONE    a notification server that does nothing but answer. It ends after COUNT
//                                    reminders, presses Done on each if DONE is 1, and prints how many
//                                    microseconds after their times (their bodies) it had answered them.
//   LatencyPeers bare FIRST STEP N   a bare program with a timerfd and libsystemd: N notifications, STEP
//                                    microseconds apart, the first at FIRST, in microseconds since the epoch
//   LatencyPeers once STEP           one notification, of the last instant due of those every STEP
//                                    microseconds
//   LatencyPeers ready PROGRAM       starts a service as its manager would, prints how many microseconds it
//                                    took to report that it is ready (sd_notify(3)), and ends it
#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <systemd/sd-bus.h>
#include <time.h>
#include <unistd.h>

#define NAME "org.freedesktop.Notifications"
#define OBJECT "/org/freedesktop/Notifications"

static int wanted, answered, presses_done;
static uint32_t number;

static void check(int result, const char *what) {
  if (result >= 0) return;
  fprintf(stderr, "LatencyPeers: %s: %s\n", what, strerror(-result));
  exit(EXIT_FAILURE);
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return time.tv_sec * INT64_C(1000000) + time.tv_nsec / 1000;
}

static int notify(sd_bus_message *call, void *data, sd_bus_error *error) {
  const char *application, *icon, *title, *body;
  uint32_t replaced;
  check(sd_bus_message_read(call, "susss", &application, &replaced, &icon, &title, &body), "read");
  uint32_t mine = replaced ? replaced : ++number;
  int64_t due = strtoll(body, NULL, 10);
  int result = sd_bus_reply_method_return(call, "u", mine);
  check(sd_bus_flush(sd_bus_message_get_bus(call)), "flush");
  printf("%" PRId64 "\n", now() - due);
  answered++;
  if (presses_done)
    check(sd_bus_emit_signal(sd_bus_message_get_bus(call), OBJECT, NAME, "ActionInvoked", "us", mine, "done"),
          "press");
  return result;
}

static int capabilities(sd_bus_message *call, void *data, sd_bus_error *error) {
  return sd_bus_reply_method_return(call, "as", 2, "body", "actions");
}

static int information(sd_bus_message *call, void *data, sd_bus_error *error) {
  return sd_bus_reply_method_return(call, "ssss", "minimal", "Ritual", "1", "1.2");
}

static int close_notification(sd_bus_message *call, void *data, sd_bus_error *error) {
  return sd_bus_reply_method_return(call, "");
}

static const sd_bus_vtable methods[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Notify", "susssasa{sv}i", "u", notify, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("GetCapabilities", "", "as", capabilities, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("GetServerInformation", "", "ssss", information, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("CloseNotification", "u", "", close_notification, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_SIGNAL("ActionInvoked", "us", 0),
    SD_BUS_VTABLE_END,
};

static void serve(sd_bus *bus) {
  check(sd_bus_add_object_vtable(bus, NULL, OBJECT, NAME, methods, NULL), "offer");
  check(sd_bus_request_name(bus, NAME, 0), "take the name");
  while (answered < wanted) {
    int result = sd_bus_process(bus, NULL);
    check(result, "process");
    if (result == 0) check(sd_bus_wait(bus, UINT64_MAX), "wait");
  }
  check(sd_bus_flush(bus), "flush");
}

static void tell(sd_bus *bus, int64_t due) {
  char body[32];
  snprintf(body, sizeof body, "%" PRId64, due);
  sd_bus_message *reply = NULL;
  check(sd_bus_call_method(bus, NAME, OBJECT, NAME, "Notify", NULL, &reply, "susssasa{sv}i", "bare", 0, "",
                           "A ritual of ours", body, 0, 0, -1),
        "notify");
  sd_bus_message_unref(reply);
}

static void run(sd_bus *bus, int64_t first, int64_t step, int count) {
  int timer = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC);
  for (int index = 0; index < count; index++) {
    int64_t due = first + index * step;
    struct itimerspec time = {.it_value = {due / 1000000, due % 1000000 * 1000}};
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &time, NULL);
    uint64_t expirations;
    while (read(timer, &expirations, sizeof expirations) < 0 && errno == EINTR) {
    }
    tell(bus, due);
  }
}

static int start(const char *program) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "/tmp/ritual-ready-%d", getpid());
  int notify = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  check(bind(notify, (struct sockaddr *)&address, sizeof address) < 0 ? -errno : 0, "listen");
  setenv("NOTIFY_SOCKET", address.sun_path, 1);
  int64_t began = now();
  pid_t child = fork();
  if (child == 0) {
    execl(program, program, NULL);
    _exit(127);
  }
  char text[1024] = "";
  do {
    ssize_t size = recv(notify, text, sizeof text - 1, 0);
    check(size < 0 ? -errno : 0, "hear");
    text[size] = 0;
  } while (!strstr(text, "READY=1"));
  printf("%" PRId64 "\n", now() - began);
  kill(child, SIGTERM);
  waitpid(child, NULL, 0);
  unlink(address.sun_path);
  return EXIT_SUCCESS;
}

int main(int count, char **words) {
  if (count == 3 && strcmp(words[1], "ready") == 0) return start(words[2]);
  sd_bus *bus = NULL;
  check(sd_bus_open_user(&bus), "connect");
  if (count == 4 && strcmp(words[1], "serve") == 0) {
    wanted = atoi(words[2]);
    presses_done = atoi(words[3]);
    serve(bus);
  } else if (count == 5 && strcmp(words[1], "bare") == 0) {
    run(bus, strtoll(words[2], NULL, 10), strtoll(words[3], NULL, 10), atoi(words[4]));
  } else if (count == 3 && strcmp(words[1], "once") == 0) {
    int64_t step = strtoll(words[2], NULL, 10);
    tell(bus, now() / step * step);
  } else {
    fprintf(stderr, "usage: LatencyPeers serve COUNT DONE | bare FIRST STEP COUNT | once STEP | ready PROGRAM\n");
    return EXIT_FAILURE;
  }
  sd_bus_flush_close_unref(bus);
  return EXIT_SUCCESS;
}
