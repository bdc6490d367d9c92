// The load: speaks with a server over many connections from one thread, checks every reply, and measures.
//
//   load talk ADDRESS CONNECTIONS BYTES DEPTH WARMUP SECONDS PID
//       each connection sends DEPTH lines of BYTES at once and awaits all of them back, again and again
//   load accept ADDRESS CONNECTIONS BYTES DEPTH WARMUP SECONDS PID
//       the same, but each connection is closed after one turn, and replaced when the server has closed it too
//   load idle ADDRESS CONNECTIONS BYTES DEPTH
//       each connection does one turn, says "ready", and is kept until standard input ends
//
// ADDRESS is tcp:PORT, udp:PORT or unix:PATH; PID is the server's process, whose processor time is read from the
// kernel. Times are in seconds. The result is one line of name=value.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/un.h>

#include "common.h"
#include "latency.h"

enum { EVENTS = 512, PATTERNS = 7, GREETED_AT_ONCE = 64, LINGERERS = 16 };

// One connection, and how far its current turn has come.
struct talk {
    int fd;
    const char *turn;
    size_t sent;
    size_t received;
    uint64_t since;
    bool ending;
};

static struct {
    struct sockaddr_storage address;
    socklen_t length;
    int family, type;
} server;

static int poller;
static char *patterns[PATTERNS];
static size_t turn_bytes;
static char *arrived;
static struct talk *talks;
static int connections;
static bool renewing;
static bool pausing;
static struct latency latency;
static uint64_t turns;
static uint64_t dialled;

static void parse_address(const char *text) {
    struct sockaddr_in *ip = (struct sockaddr_in *) &server.address;
    struct sockaddr_un *local = (struct sockaddr_un *) &server.address;
    const char *rest = strchr(text, ':');
    if (rest == NULL) {
        fail("not an address: %s", text);
    }
    rest++;
    server.type = strncmp(text, "udp:", 4) == 0 ? SOCK_DGRAM : SOCK_STREAM;
    if (strncmp(text, "unix:", 5) == 0) {
        server.family = local->sun_family = AF_UNIX;
        strncpy(local->sun_path, rest, sizeof local->sun_path - 1);
        server.length = sizeof *local;
    } else {
        server.family = ip->sin_family = AF_INET;
        ip->sin_port = htons((uint16_t) atoi(rest));
        ip->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        server.length = sizeof *ip;
    }
}

// Several, so that a reply which has gone to the wrong connection is seen.
static void make_patterns(size_t line, size_t depth) {
    turn_bytes = line * depth;
    arrived = allocate(turn_bytes);
    for (int p = 0; p < PATTERNS; p++) {
        patterns[p] = allocate(turn_bytes);
        for (size_t i = 0; i < turn_bytes; i++) {
            patterns[p][i] = (i + 1) % line == 0 ? '\n' : (char) ('a' + (i + i / line + 3 * (size_t) p) % 26);
        }
    }
}

static void send_rest(struct talk *talk) {
    while (talk->sent < turn_bytes) {
        ssize_t n = send(talk->fd, talk->turn + talk->sent, turn_bytes - talk->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0) {
            if (errno == EAGAIN) {
                return;
            }
            fail("sending: %s", strerror(errno));
        }
        talk->sent += (size_t) n;
    }
}

static void begin_turn(struct talk *talk) {
    talk->sent = talk->received = 0;
    talk->since = now();
    send_rest(talk);
}

static void dial(struct talk *talk) {
    talk->fd = socket(server.family, server.type, 0);
    if (talk->fd < 0) {
        fail("opening a socket: %s", strerror(errno));
    }
    if (server.family == AF_INET && server.type == SOCK_STREAM) {
        // From several addresses in turn: one has too few ports for those connections that have just ended.
        struct sockaddr_in own = {.sin_family = AF_INET};
        own.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + (uint32_t) (dialled++ % LINGERERS));
        option(talk->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
        option(talk->fd, IPPROTO_TCP, TCP_NODELAY, 1);
        if (bind(talk->fd, (struct sockaddr *) &own, sizeof own) != 0) {
            fail("binding a client: %s", strerror(errno));
        }
    }
    if (connect(talk->fd, (struct sockaddr *) &server.address, server.length) != 0) {
        fail("connecting: %s", strerror(errno));
    }
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = talk};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, talk->fd, &event) != 0) {
        fail("polling: %s", strerror(errno));
    }
    talk->ending = false;
}

static void begin(struct talk *talk) {
    uint64_t since = now();
    dial(talk);
    begin_turn(talk);
    talk->since = since;
}

static void count(struct talk *talk) {
    record(&latency, now() - talk->since);
    turns++;
}

static void end_turn(struct talk *talk) {
    if (renewing && !pausing) {
        shutdown(talk->fd, SHUT_WR);
        talk->ending = true;
        return;
    }
    count(talk);
    if (!pausing) {
        begin_turn(talk);
    }
}

static void receive(struct talk *talk) {
    for (;;) {
        size_t room = talk->ending ? 1 : turn_bytes - talk->received;
        ssize_t n = recv(talk->fd, arrived, room, MSG_DONTWAIT);
        if (n < 0 && errno == EAGAIN) {
            return;
        }
        if (n == 0 && talk->ending) {
            close(talk->fd);
            talk->ending = false;
            count(talk);
            if (!pausing) {
                begin(talk);
            }
            return;
        }
        if (n <= 0) {
            fail("the server has closed a connection: %s", n < 0 ? strerror(errno) : "end of stream");
        }
        if (talk->ending || memcmp(arrived, talk->turn + talk->received, (size_t) n) != 0) {
            fail("a reply is not what was sent, at byte %zu of %zu", talk->received, turn_bytes);
        }
        talk->received += (size_t) n;
        if (talk->received == turn_bytes) {
            end_turn(talk);
            return;
        }
    }
}

static void step(int milliseconds) {
    struct epoll_event events[EVENTS];
    int n = epoll_wait(poller, events, EVENTS, milliseconds);
    if (n == 0) {
        fail("nothing has come back for %d ms", milliseconds);
    }
    for (int i = 0; i < n; i++) {
        struct talk *talk = events[i].data.ptr;
        if (talk->sent < turn_bytes) {
            send_rest(talk);
        }
        if (talk->received < turn_bytes || talk->ending) {
            receive(talk);
        }
    }
}

// A few at a time, each with one turn, so that the server's backlog is never full.
static void greet(void) {
    pausing = true;
    talks = allocate(sizeof *talks * (size_t) connections);
    for (int i = 0; i < connections; i++) {
        talks[i].turn = patterns[i % PATTERNS];
        begin(&talks[i]);
        while (turns + GREETED_AT_ONCE < (uint64_t) i || (i == connections - 1 && turns < (uint64_t) connections)) {
            step(20000);
        }
    }
    pausing = false;
}

static void talk_until(uint64_t end) {
    while (now() < end) {
        step(5000);
    }
}

static bool all_have_ended(void) {
    for (int i = 0; i < connections; i++) {
        if (talks[i].ending || talks[i].received < turn_bytes) {
            return false;
        }
    }
    return true;
}

// So that a reply which never comes is noticed on whichever connection it is.
static void await_the_rest(void) {
    pausing = true;
    while (!all_have_ended()) {
        step(5000);
    }
}

static void measure(double warmup, double seconds, size_t depth, int pid) {
    for (int i = 0; i < connections; i++) {
        if (renewing) {
            close(talks[i].fd);
            begin(&talks[i]);
        } else {
            begin_turn(&talks[i]);
        }
    }
    talk_until(now() + nanos(warmup));
    memset(&latency, 0, sizeof latency);
    turns = 0;
    uint64_t since = now();
    double served = processor_time(pid), used = own_processor_time(), waited = own_waiting_time();
    talk_until(since + nanos(seconds));
    double took = (double) (now() - since) / 1e9;
    double replies = (double) (turns * depth);
    served = processor_time(pid) - served;
    used = own_processor_time() - used;
    waited = own_waiting_time() - waited;
    double p50 = percentile(&latency, 0.50) / 1e3, p99 = percentile(&latency, 0.99) / 1e3;
    await_the_rest();
    printf("rate=%.1f p50=%.2f p99=%.2f cpu=%.4f load=%.4f waited=%.4f\n", replies / took, p50, p99,
           served * 1e6 / replies, used / (took - waited), waited / took);
}

int main(int argc, char **argv) {
    bool idle = argc == 6 && strcmp(argv[1], "idle") == 0;
    if (!idle && argc != 9) {
        fail("usage: load talk|accept ADDRESS CONNECTIONS BYTES DEPTH WARMUP SECONDS PID, or load idle ADDRESS ... DEPTH");
    }
    parse_address(argv[2]);
    connections = atoi(argv[3]);
    size_t depth = (size_t) atoi(argv[5]);
    make_patterns((size_t) atoi(argv[4]), depth);
    poller = epoll_create1(0);
    greet();
    if (idle) {
        puts("ready");
        fflush(stdout);
        getchar();
        return 0;
    }
    renewing = strcmp(argv[1], "accept") == 0;
    measure(atof(argv[6]), atof(argv[7]), depth, atoi(argv[8]));
    return 0;
}
