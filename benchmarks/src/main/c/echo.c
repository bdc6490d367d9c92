// The limit: the least that a server of one thread does, on epoll and nothing else.
//
//   echo tcp|udp|unix:PATH none|lines
//
// With lines, each line is found, and encoded anew behind those before it. Says "listening on PORT" when it is ready.
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/un.h>

#include "common.h"

enum { EVENTS = 512, BUFFER = 1 << 16, BACKLOG = 4096 };

// One connection, and what it has not sent yet, or of which a line is not complete.
struct peer {
    int fd;
    char *kept;
    size_t length;
    bool stuck;
};

static int poller;
static bool lines;
static char in[BUFFER], out[BUFFER];

static void await(struct peer *peer, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = peer};
    epoll_ctl(poller, operation, peer->fd, &event);
}

static void drop(struct peer *peer) {
    close(peer->fd);
    free(peer->kept);
    free(peer);
}

static void keep(struct peer *peer, const char *bytes, size_t length) {
    if (peer->kept == NULL) {
        peer->kept = allocate(BUFFER);
    }
    memmove(peer->kept, bytes, length);
    peer->length = length;
}

// While something is left it reads no more. Returns false if the peer is gone.
static bool send_all(struct peer *peer, const char *bytes, size_t length) {
    ssize_t n = send(peer->fd, bytes, length, MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN) {
        return false;
    }
    size_t sent = n < 0 ? 0 : (size_t) n;
    bool stuck = sent < length;
    if (stuck) {
        keep(peer, bytes + sent, length - sent);
    }
    if (stuck != peer->stuck) {
        peer->stuck = stuck;
        await(peer, EPOLL_CTL_MOD, stuck ? EPOLLOUT : EPOLLIN);
    }
    return true;
}

// Returns how long the lines are that are complete, which are in out then.
static size_t encode_lines(size_t length) {
    size_t done = 0;
    for (char *end; (end = memchr(in + done, '\n', length - done)) != NULL;) {
        size_t line = (size_t) (end - in) - done;
        memcpy(out + done, in + done, line);
        out[done + line] = '\n';
        done += line + 1;
    }
    return done;
}

static void serve(struct peer *peer) {
    if (peer->stuck) {
        if (!send_all(peer, peer->kept, peer->length)) {
            drop(peer);
        }
        return;
    }
    size_t before = lines ? peer->length : 0;
    if (before > 0) {
        memcpy(in, peer->kept, before);
    }
    ssize_t n = recv(peer->fd, in + before, BUFFER - before, 0);
    if (n <= 0) {
        drop(peer);
        return;
    }
    size_t length = before + (size_t) n;
    if (!lines) {
        if (!send_all(peer, in, length)) {
            drop(peer);
        }
        return;
    }
    size_t done = encode_lines(length);
    peer->length = 0;
    if (done < length) {
        keep(peer, in + done, length - done);
    }
    // A reply of lines that does not go out in one piece is more than this program is for.
    if (done > 0 && send(peer->fd, out, done, MSG_NOSIGNAL) != (ssize_t) done) {
        drop(peer);
    }
}

static void welcome(int listener) {
    for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct peer *peer = allocate(sizeof *peer);
        peer->fd = fd;
        await(peer, EPOLL_CTL_ADD, EPOLLIN);
    }
}

static void serve_datagrams(int fd) {
    for (;;) {
        struct sockaddr_storage from;
        socklen_t length = sizeof from;
        ssize_t n = recvfrom(fd, in, BUFFER, 0, (struct sockaddr *) &from, &length);
        if (n >= 0) {
            sendto(fd, in, (size_t) n, 0, (struct sockaddr *) &from, length);
        }
    }
}

static int listen_on(const char *where, int type) {
    if (strncmp(where, "unix:", 5) == 0) {
        struct sockaddr_un path = {.sun_family = AF_UNIX};
        strncpy(path.sun_path, where + 5, sizeof path.sun_path - 1);
        int fd = socket(AF_UNIX, type, 0);
        if (bind(fd, (struct sockaddr *) &path, sizeof path) != 0) {
            fail("cannot bind %s", where);
        }
        return fd;
    }
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, type, 0);
    if (bind(fd, (struct sockaddr *) &address, sizeof address) != 0) {
        fail("cannot bind %s", where);
    }
    return fd;
}

static void announce(int fd) {
    struct sockaddr_in address = {0};
    socklen_t length = sizeof address;
    getsockname(fd, (struct sockaddr *) &address, &length);
    printf("listening on %d\n", address.sin_family == AF_INET ? ntohs(address.sin_port) : 0);
    fflush(stdout);
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fail("usage: echo tcp|udp|unix:PATH none|lines");
    }
    lines = strcmp(argv[2], "lines") == 0;
    bool datagrams = strcmp(argv[1], "udp") == 0;
    int fd = listen_on(argv[1], datagrams ? SOCK_DGRAM : SOCK_STREAM | SOCK_NONBLOCK);
    if (!datagrams && listen(fd, BACKLOG) != 0) {
        fail("cannot listen");
    }
    announce(fd);
    if (datagrams) {
        serve_datagrams(fd);
    }
    poller = epoll_create1(0);
    struct peer listener = {.fd = fd};
    await(&listener, EPOLL_CTL_ADD, EPOLLIN);
    for (;;) {
        struct epoll_event events[EVENTS];
        int n = epoll_wait(poller, events, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            if (events[i].data.ptr == &listener) {
                welcome(fd);
            } else {
                serve(events[i].data.ptr);
            }
        }
    }
}
