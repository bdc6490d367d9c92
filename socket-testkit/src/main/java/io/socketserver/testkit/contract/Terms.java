package io.socketserver.testkit.contract;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What holds for all contracts of a transport. */
record Terms(Duration limit, List<Folder> folders) {

    static final Terms DEFAULTS = new Terms(Duration.ofSeconds(30), List.of());

    Terms limit(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("a limit must be positive, not " + time);
        }
        return new Terms(time, folders);
    }

    Terms folder(Path path) {
        List<Folder> more = new ArrayList<>(folders);
        more.add(new Folder(path));
        return new Terms(limit, List.copyOf(more));
    }

    Contract contract(String name, Threads threads, Contract.Body body) {
        return new Contract(name, limit, folders, threads, body);
    }
}
