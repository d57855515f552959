#define _GNU_SOURCE 1
#include "CLinux.h"
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <wchar.h>

int ritual_accept(int listener) {
    return accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

int ritual_epoll(void) { return epoll_create1(EPOLL_CLOEXEC); }

static int control(int epoll, int operation, int descriptor, uint32_t interest, uint64_t key) {
    // The kernel reports a hang-up whatever is asked (epoll_ctl(2)). With no interest it reports it once, and
    // the caller ignores it.
    struct epoll_event event = {.events = EPOLLONESHOT, .data.u64 = key};
    if (interest) event.events = (interest & 1 ? EPOLLIN : 0) | (interest & 2 ? EPOLLOUT : 0);
    // Reading the readiness of such a file clears its EPOLLPRI, also through an epoll that contains this one.
    // EPOLLIN always holds, and edge-triggered it is reported once a change.
    if (interest & 4) event.events |= EPOLLIN | EPOLLPRI | EPOLLET;
    return epoll_ctl(epoll, operation, descriptor, &event);
}

int ritual_epoll_add(int epoll, int descriptor, uint32_t interest, uint64_t key) {
    return control(epoll, EPOLL_CTL_ADD, descriptor, interest, key);
}

int ritual_epoll_change(int epoll, int descriptor, uint32_t interest, uint64_t key) {
    return control(epoll, EPOLL_CTL_MOD, descriptor, interest, key);
}

int ritual_epoll_remove(int epoll, int descriptor) {
    return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL);
}

int ritual_epoll_ready(int epoll, uint64_t *keys, uint32_t *ready, int most) {
    struct epoll_event events[64];
    int count = epoll_wait(epoll, events, most < 64 ? most : 64, 0);
    for (int index = 0; index < count; index++) {
        uint32_t found = events[index].events;
        int over = (found & (EPOLLHUP | EPOLLERR)) != 0;
        keys[index] = events[index].data.u64;
        ready[index] = (found & EPOLLIN || over ? 1 | 4 : 0) | (found & EPOLLOUT || over ? 2 : 0);
    }
    return count;
}

static int peer(int socket, struct ucred *credentials) {
    socklen_t length = sizeof *credentials;
    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, credentials, &length);
}

int ritual_peer_user(int socket, uid_t *user) {
    struct ucred credentials;
    if (peer(socket, &credentials) < 0) return -1;
    *user = credentials.uid;
    return 0;
}

int ritual_peer_process(int socket, pid_t *process) {
    struct ucred credentials;
    if (peer(socket, &credentials) < 0) return -1;
    *process = credentials.pid;
    return 0;
}

static int signal_pipe[2];

static void pass_on(int signal) {
    int before = errno;
    unsigned char number = (unsigned char)signal;
    // A full pipe holds thousands of signals already, so a lost one does no harm.
    ssize_t written = write(signal_pipe[1], &number, 1);
    (void)written;
    errno = before;
}

int ritual_signal_pipe(const int *signals, int count) {
    if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) < 0) return -1;
    struct sigaction action = {.sa_handler = pass_on, .sa_flags = SA_RESTART};
    sigfillset(&action.sa_mask);
    for (int index = 0; index < count; index++) {
        if (sigaction(signals[index], &action, NULL) < 0) return -1;
    }
    return signal_pipe[0];
}

void ritual_trim_heap(void) { malloc_trim(0); }

int ritual_column_width(unsigned int character) { return wcwidth((wchar_t)character); }

int ritual_exchange(const char *one, const char *other) {
    return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}

int ritual_rename_to_free_name(const char *from, const char *to) {
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}

int ritual_set_lease(int file, int kind) {
    if (kind != F_UNLCK && fcntl(file, F_SETSIG, SIGURG) < 0) return -1;
    return fcntl(file, F_SETLEASE, kind);
}

int ritual_lease(int file) { return fcntl(file, F_GETLEASE); }

void ritual_copy_attributes(int from, int to) {
    char names[4096], value[65536]; // XATTR_SIZE_MAX
    ssize_t length = flistxattr(from, names, sizeof names);
    for (char *name = names; length > 0 && name < names + length; name += strlen(name) + 1) {
        ssize_t size = fgetxattr(from, name, value, sizeof value);
        if (size >= 0) fsetxattr(to, name, value, (size_t)size, 0);
    }
}

uint32_t ritual_filesystem(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (uint32_t)status.f_type : 0;
}

int ritual_pidfd(pid_t child) {
  return (int)syscall(SYS_pidfd_open, child, 0);
}

// Room for control messages, with the alignment that cmsg(3) asks for.
union control_room {
  char bytes[CMSG_SPACE(RITUAL_MOST_FILES * sizeof(int))];
  struct cmsghdr head;
};

ssize_t ritual_receive(int socket, void *bytes, size_t size, int *files, int *count) {
  union control_room room;
  struct iovec part = {.iov_base = bytes, .iov_len = size};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = room.bytes, .msg_controllen = sizeof room.bytes};
  int most = *count;
  *count = 0;
  ssize_t received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  if (received < 0) return received;
  for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
    if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
    size_t number = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t index = 0; index < number; index++) {
      int file;
      memcpy(&file, CMSG_DATA(head) + index * sizeof file, sizeof file);
      if (*count < most) files[(*count)++] = file; else close(file);
    }
  }
  return received;
}

ssize_t ritual_send(int socket, const void *bytes, size_t size, const int *files, int count) {
  union control_room room = {.bytes = {0}};
  struct iovec part = {.iov_base = (void *)bytes, .iov_len = size};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  if (count > 0 && count <= RITUAL_MOST_FILES) {
    message.msg_control = room.bytes;
    message.msg_controllen = CMSG_SPACE((size_t)count * sizeof(int));
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN((size_t)count * sizeof(int));
    memcpy(CMSG_DATA(head), files, (size_t)count * sizeof(int));
  }
  return sendmsg(socket, &message, MSG_NOSIGNAL);
}

int ritual_replace(int descriptor, int number) { return dup3(descriptor, number, O_CLOEXEC); }

void ritual_hide_memory(void) { prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

int ritual_has_access_list(const char *path) {
    return getxattr(path, "system.posix_acl_access", NULL, 0) > 0;
}
