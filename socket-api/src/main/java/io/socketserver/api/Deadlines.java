package io.socketserver.api;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches over the requests of a server that has limits in time. */
final class Deadlines implements AutoCloseable {

    private final Map<TimeLimit, Long> ofStreams = new EnumMap<>(TimeLimit.class);
    private final Map<TimeLimit, Long> ofDatagrams = new EnumMap<>(TimeLimit.class);
    private final boolean active;
    private final TimeSource time;
    private final Alarms alarms;

    Deadlines(Limits limits, TimeSource time, String name) {
        for (Map.Entry<TimeLimit, Duration> limit : limits.times().entrySet()) {
            ofStreams.put(limit.getKey(), nanos(limit.getValue()));
        }
        Long deadline = ofStreams.get(TimeLimit.REQUEST_DEADLINE);
        if (deadline != null) {
            ofDatagrams.put(TimeLimit.REQUEST_DEADLINE, deadline);
        }
        // Of a deadline alone a connection need not know.
        active = ofStreams.size() > ofDatagrams.size();
        this.time = time;
        alarms = new Alarms(time, name);
    }

    /** Begins to watch a request that nobody handles yet. Returns null if it has no limit. */
    @Nullable
    Watch watch(RequestTask<?> task, Request request) {
        Map<TimeLimit, Long> limits = request instanceof Connection ? ofStreams : ofDatagrams;
        if (limits.isEmpty()) {
            return null;
        }
        long now = time.nanoTime();
        Activity activity = new Activity(time);
        if (active && request instanceof Connection connection) {
            connection.watchedBy(activity);
        }
        Watch watch = new Watch(task, limits, activity, now);
        watch.entry = alarms.set(watch.earliest(now), watch);
        return watch;
    }

    /** Ends a watch; null is none. */
    void end(@Nullable Watch watch) {
        Alarms.Entry entry = watch == null ? null : watch.entry;
        if (entry != null) {
            alarms.cancel(entry);
        }
    }

    @Override
    public void close() {
        alarms.close();
    }

    // Half of what can be counted, since differences of times have to be.
    private static long nanos(Duration limit) {
        return Math.min(TimeUnit.NANOSECONDS.convert(limit), Long.MAX_VALUE / 2);
    }

    /**
     * Looks at one request whenever one of its limits may have been reached at the earliest.
     *
     * <p>A limit that is not running at that moment can be reached only a whole limit later, so nothing has to be set or
     * cancelled when a read or a write begins.
     */
    static final class Watch implements Alarms.Alarm {

        private final RequestTask<?> task;
        private final Map<TimeLimit, Long> limits;
        private final Activity activity;
        private final long begun;
        private Alarms.@Nullable Entry entry;
        private boolean cut;

        private Watch(RequestTask<?> task, Map<TimeLimit, Long> limits, Activity activity, long begun) {
            this.task = task;
            this.limits = limits;
            this.activity = activity;
            this.begun = begun;
        }

        @Override
        public long ring(long now) {
            if (cut) {
                task.abandon();
                return Alarms.NEVER;
            }
            for (Map.Entry<TimeLimit, Long> limit : limits.entrySet()) {
                if (end(limit, now) - now <= 0) {
                    cut = true;
                    task.cut(CutOff.by(limit.getKey(), TimeUnit.NANOSECONDS.toMillis(limit.getValue())));
                    return now + Ending.CUT_GRACE.toNanos();
                }
            }
            return earliest(now);
        }

        private long earliest(long now) {
            long earliest = now + Long.MAX_VALUE / 2;
            for (Map.Entry<TimeLimit, Long> limit : limits.entrySet()) {
                long end = end(limit, now);
                if (end - earliest < 0) {
                    earliest = end;
                }
            }
            return earliest;
        }

        private long end(Map.Entry<TimeLimit, Long> limit, long now) {
            boolean whole = limit.getKey() == TimeLimit.REQUEST_DEADLINE;
            return (whole ? begun : activity.since(limit.getKey(), now)) + limit.getValue();
        }
    }
}
