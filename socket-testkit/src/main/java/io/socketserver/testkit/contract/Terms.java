package io.socketserver.testkit.contract;

import io.socketserver.api.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What holds for all contracts of a transport. */
record Terms(Duration limit, TimeSource time, List<Folder> folders) {

    static final Terms DEFAULTS = new Terms(Duration.ofSeconds(30), TimeSource.system(), List.of());

    Terms limit(Duration longest) {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("a limit must be positive, not " + longest);
        }
        return new Terms(longest, time, folders);
    }

    Terms time(TimeSource source) {
        return new Terms(limit, Objects.requireNonNull(source, "time"), folders);
    }

    Terms folder(Path path) {
        List<Folder> more = new ArrayList<>(folders);
        more.add(new Folder(path));
        return new Terms(limit, time, List.copyOf(more));
    }

    Contract contract(String name, Threads threads, Contract.Body body) {
        return new Contract(name, limit, folders, threads, body);
    }
}
