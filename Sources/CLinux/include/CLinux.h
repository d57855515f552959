// Linux calls that the Glibc module does not import. The header needs no _GNU_SOURCE, so that its includes
// are the same for every module.
#ifndef RITUAL_CLINUX_H
#define RITUAL_CLINUX_H

#include <stdint.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>
#include <sys/types.h>

/// accept4(2), close-on-exec and non-blocking.
int ritual_accept(int listener);

/// epoll_create1(2), close-on-exec; or -1 with errno set.
int ritual_epoll(void);

/// epoll_ctl(2): watches a descriptor under a key, for reading (1) and writing (2), level-triggered, or a
/// file of /proc or /sys for its changes (4), edge-triggered. Interest 0 reports nothing, not even a hang-up.
/// Returns 0, or -1 with errno set.
int ritual_epoll_add(int epoll, int descriptor, uint32_t interest, uint64_t key);
int ritual_epoll_change(int epoll, int descriptor, uint32_t interest, uint64_t key);
int ritual_epoll_remove(int epoll, int descriptor);

/// epoll_wait(2) without waiting: the keys of up to `most` ready descriptors, and for what each is ready (1,
/// 2 and 4; the end of a stream and an error set all). Returns their number, or -1 with errno set.
int ritual_epoll_ready(int epoll, uint64_t *keys, uint32_t *ready, int most);

/// The user at the other end of a Unix socket (SO_PEERCRED, unix(7)): 0, or -1 with errno set.
int ritual_peer_user(int socket, uid_t *user);

/// The process at the other end of a Unix socket; for a listener, the process that called listen: 0, or -1
/// with errno set.
int ritual_peer_process(int socket, pid_t *process);

/// The most descriptors that come with a message of a Unix socket (SCM_MAX_FD, unix(7)).
#define RITUAL_MOST_FILES 253

/// recvmsg(2): reads bytes, and the descriptors that came with them, close-on-exec. `count` is the room for
/// descriptors, and afterwards their number. Returns the number of bytes, 0 at the end, or -1 with errno set.
ssize_t ritual_receive(int socket, void *bytes, size_t size, int *files, int *count);

/// sendmsg(2): sends bytes, and with the first of them `count` descriptors; raises no signal if the reader is
/// gone. Returns the number of accepted bytes, or -1 with errno set.
ssize_t ritual_send(int socket, const void *bytes, size_t size, const int *files, int count);

/// dup3(2): makes `number`, which is open, another number of `descriptor`, close-on-exec. Returns it, or -1
/// with errno set.
int ritual_replace(int descriptor, int number);

/// prctl(2), PR_SET_DUMPABLE: a crash of this process leaves no core and no report to a core handler
/// (core(5)), and root owns its memory and environment in /proc. A process that may trace it still can
/// (docs/service.md).
void ritual_hide_memory(void);

/// The magic number of the file system of a path (statfs(2)); 0 if it cannot be read.
uint32_t ritual_filesystem(const char *path);

/// pidfd_open(2): readable once a child has ended, close-on-exec; or -1 with errno set.
int ritual_pidfd(pid_t child);

/// Makes a pipe from which each of these signals is read as one byte, its number, however early it comes
/// (signal-safety(7)). Returns the end to read, close-on-exec and non-blocking, or -1 with errno set. Call it
/// once in a process.
int ritual_signal_pipe(const int *signals, int count);

/// Returns free memory of the heap to the system (malloc_trim(3)).
void ritual_trim_heap(void);

/// renameat2(2) with RENAME_EXCHANGE: exchanges two files in one step. Returns 0, or -1 with errno set.
int ritual_exchange(const char *one, const char *other);

/// renameat2(2) with RENAME_NOREPLACE: renames a file to a name that must be free. Returns 0, or -1 with
/// errno set.
int ritual_rename_to_free_name(const char *from, const char *to);

/// fcntl(2), "Leases": takes a lease (F_RDLCK or F_WRLCK) or releases it (F_UNLCK). When another process
/// breaks it, the signal is SIGURG, which does nothing by itself; the default SIGIO would end the process.
/// Returns 0, or -1 with errno set.
int ritual_set_lease(int file, int kind);

/// fcntl(2), F_GETLEASE: the lease, or the one that it must become because another process waits; -1 with
/// errno set.
int ritual_lease(int file);

/// acl(5): 1 if a file has an access list, whose mask its mode shows in the place of the group; else 0.
int ritual_has_access_list(const char *path);

/// Copies the extended attributes of a file, including access control lists (xattr(7), acl(5)), as far as the
/// user may.
void ritual_copy_attributes(int from, int to);

/// wcwidth(3): the number of columns that a terminal gives to a character; -1 for an unprintable one. Knows
/// Unicode after setlocale(LC_CTYPE) to a UTF-8 locale.
int ritual_column_width(unsigned int character);

#endif
