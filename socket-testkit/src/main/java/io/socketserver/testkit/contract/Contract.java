package io.socketserver.testkit.contract;

import io.socketserver.testkit.LeakCheck;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One promise of a transport, and the way to find out whether it is kept.
 *
 * <p>Made by {@link StreamContracts} and {@link DatagramContracts}. Immutable; but running one looks for what is left
 * behind in the whole process, so contracts are run one after the other.
 */
public final class Contract {

    private final String name;
    private final Duration limit;
    private final List<Folder> folders;
    private final Threads threads;
    private final Body body;

    /** What is done to the transport. */
    interface Body {
        void run(Scope scope) throws Exception;
    }

    Contract(String name, Duration limit, List<Folder> folders, Threads threads, Body body) {
        this.name = Objects.requireNonNull(name, "name");
        this.limit = limit;
        this.folders = folders;
        this.threads = threads;
        this.body = body;
    }

    /**
     * Which promise it is.
     *
     * @return a name that no other contract of its list has, such as {@code basic I/O (blocking)}
     */
    public String name() {
        return name;
    }

    /**
     * Uses the transport, and then looks for threads, descriptors and files that are left.
     *
     * <p>Blocks until that is done; what takes longer than the limit of the contracts is ended, and counts as broken.
     *
     * @throws AssertionError if the promise is broken, or something is left; its cause is what went wrong first
     */
    public void run() {
        LeakCheck leaks = LeakCheck.begin();
        List<Folder.Listing> files = folders.stream().map(Folder::list).toList();
        Scope scope = new Scope(limit, threads);
        Throwable failure = scope.run(body);
        if (failure == null) {
            failure = left(leaks, files);
        }
        if (failure != null) {
            throw new AssertionError(name + ": " + failure.getMessage(), failure);
        }
    }

    // Only after a success: what is broken may well leave something behind.
    private @Nullable Throwable left(LeakCheck leaks, List<Folder.Listing> files) {
        try {
            leaks.assertNone(limit);
            files.forEach(Folder.Listing::assertUnchanged);
            return null;
        } catch (AssertionError e) {
            return e;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
