/* Calls of Linux that the Glibc module does not import. */
#ifndef RITUAL_CLINUX_H
#define RITUAL_CLINUX_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/types.h>

/* accept4(2), close-on-exec and non-blocking. */
static inline int ritual_accept(int listener) {
    return accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

/* The user at the other end of a Unix socket (SO_PEERCRED, unix(7)): 0, or -1 with errno set. */
int ritual_peer_user(int socket, uid_t *user);

#endif
