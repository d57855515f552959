#define _GNU_SOURCE 1
#include "CLinux.h"
#include <sys/socket.h>
#include <wchar.h>

int ritual_unix_socket(int isNonBlocking) {
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | (isNonBlocking ? SOCK_NONBLOCK : 0), 0);
}

int ritual_accept(int listener) {
    return accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
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

int ritual_column_width(unsigned int character) { return wcwidth((wchar_t)character); }
