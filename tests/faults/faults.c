/* Loaded before the C library (LD_PRELOAD), lets the n-th call of one kind on files of one folder fail, as a disk that is full or broken
 * does: FAULT_CALL=write|read|fsync|rename|truncate|open, FAULT_N from 1, FAULT_ERRNO, FAULT_FOLDER. With FAULT_STICKY=1 all later calls fail
 * too. The file FAULT_MARK is made when a call has failed, so that a test knows whether there were so many. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int calls;

static int in_folder(const char *path) {
    const char *folder = getenv("FAULT_FOLDER");
    char here[4096], full[8300];
    if (path[0] != '/' && getcwd(here, sizeof here)) {
        snprintf(full, sizeof full, "%s/%s", here, path);
        path = full;
    }
    return folder && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_watched(int fd) {
    char link[64], path[4096];
    ssize_t length;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return in_folder(path);
}

/* Whether a call of this kind, on what is watched, is to fail. */
static int fails(const char *call) {
    const char *wanted = getenv("FAULT_CALL"), *number = getenv("FAULT_N"), *mark = getenv("FAULT_MARK");
    int n, count, fd;
    if (!wanted || !number || !mark || strcmp(wanted, call) != 0) return 0;
    n = atoi(number);
    count = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
    if (count < n || (count > n && !getenv("FAULT_STICKY"))) return 0;
    fd = open(mark, O_CREAT | O_WRONLY, 0600);
    if (fd >= 0) close(fd);
    errno = getenv("FAULT_ERRNO") ? atoi(getenv("FAULT_ERRNO")) : EIO;
    return 1;
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (is_watched(fd) && fails("write")) {
        /* A full disk takes a part. */
        if (size > 1 && real(fd, data, size / 2) < 0) return -1;
        errno = getenv("FAULT_ERRNO") ? atoi(getenv("FAULT_ERRNO")) : EIO;
        return -1;
    }
    return real(fd, data, size);
}

ssize_t writev(int fd, const struct iovec *data, int count) {
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    return is_watched(fd) && fails("write") ? -1 : real(fd, data, count);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    return is_watched(fd) && fails("write") ? -1 : real(fd, data, size, at);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    return is_watched(fd) && fails("write") ? -1 : real(fd, data, size, at);
}

ssize_t read(int fd, void *data, size_t size) {
    REAL(ssize_t, "read", int, void *, size_t);
    return is_watched(fd) && fails("read") ? -1 : real(fd, data, size);
}

int fsync(int fd) {
    REAL(int, "fsync", int);
    return is_watched(fd) && fails("fsync") ? -1 : real(fd);
}

int fdatasync(int fd) {
    REAL(int, "fdatasync", int);
    return is_watched(fd) && fails("fsync") ? -1 : real(fd);
}

int ftruncate64(int fd, off64_t size) {
    REAL(int, "ftruncate64", int, off64_t);
    return is_watched(fd) && fails("truncate") ? -1 : real(fd, size);
}

int ftruncate(int fd, off_t size) {
    REAL(int, "ftruncate", int, off_t);
    return is_watched(fd) && fails("truncate") ? -1 : real(fd, size);
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    return in_folder(to) && fails("rename") ? -1 : real(from, to);
}
