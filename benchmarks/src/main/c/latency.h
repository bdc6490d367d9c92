// Time: clocks, the processor time of processes, and how long turns took.
#pragma once
#include "common.h"

static inline uint64_t nanos(double seconds) {
    return (uint64_t) (seconds * 1e9);
}

static inline uint64_t clock_nanos(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (uint64_t) t.tv_sec * 1000000000u + (uint64_t) t.tv_nsec;
}

static inline uint64_t now(void) {
    return clock_nanos(CLOCK_MONOTONIC);
}

static inline double own_processor_time(void) {
    return (double) clock_nanos(CLOCK_PROCESS_CPUTIME_ID) / 1e9;
}

// In the process itself and in the kernel on its behalf, as the kernel accounts for it: in steps of 10 ms.
static inline double processor_time(int pid) {
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    unsigned long user, system;
    // The name, in parentheses, may hold anything; ten fields after it come the two.
    if (file == NULL || fgets(line, sizeof line, file) == NULL || strrchr(line, ')') == NULL
        || sscanf(strrchr(line, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2) {
        fail("the server's processor time is not to be read from %s", path);
    }
    fclose(file);
    return (double) (user + system) / (double) sysconf(_SC_CLK_TCK);
}

// How long this process was ready to run while something else ran on its processor; 0 where that is not told.
static inline double own_waiting_time(void) {
    unsigned long long waited = 0;
    FILE *file = fopen("/proc/self/schedstat", "r");
    if (file != NULL) {
        if (fscanf(file, "%*u %llu", &waited) != 1) {
            waited = 0;
        }
        fclose(file);
    }
    return (double) waited / 1e9;
}

// A histogram with 32 steps in each power of two: no value is told more than 3 % off.
enum { STEP_BITS = 5, STEPS = 1 << STEP_BITS, POWERS = 65 - STEP_BITS };

struct latency {
    uint64_t counts[POWERS * STEPS];
};

static inline void record(struct latency *latency, uint64_t value) {
    int power = value < STEPS ? 0 : 64 - __builtin_clzll(value) - STEP_BITS;
    uint64_t step = power == 0 ? value : (value >> (power - 1)) - STEPS;
    latency->counts[(uint64_t) power * STEPS + step]++;
}

// The lowest value of the step in which that share of all values is reached.
static inline double percentile(const struct latency *latency, double share) {
    uint64_t total = 0, seen = 0;
    for (int i = 0; i < POWERS * STEPS; i++) {
        total += latency->counts[i];
    }
    for (int i = 0; i < POWERS * STEPS; i++) {
        seen += latency->counts[i];
        if (seen > 0 && (double) seen >= share * (double) total) {
            int power = i / STEPS, step = i % STEPS;
            return power == 0 ? step : (double) ((uint64_t) (STEPS + step) << (power - 1));
        }
    }
    return 0;
}
