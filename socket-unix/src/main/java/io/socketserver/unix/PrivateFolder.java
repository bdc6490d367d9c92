package io.socketserver.unix;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A directory that only this user can enter, beside a path that something is to be published at. Closing it deletes what
 * is left in it. Not thread-safe.
 */
final class PrivateFolder implements Closeable {

    /** The only names that are used in it, short since a socket's path must be. */
    static final String SOCKET = "s";

    static final String ASIDE = "a";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final int ATTEMPTS = 100;
    private static final int NAMES = 36 * 36 * 36 * 36;

    private final Path folder;
    private final Deque<Path> created = new ArrayDeque<>();
    private @Nullable Path shortcut;

    private PrivateFolder(Path folder) {
        this.folder = folder;
        created.push(folder);
    }

    /** Creates one in the directory of a path. */
    static PrivateFolder beside(Path path) throws IOException {
        return in(Objects.requireNonNull(path.getParent(), "an absolute path has a directory"));
    }

    /** Creates one in a directory. */
    static PrivateFolder in(Path parent) throws IOException {
        for (int i = 0; ; i++) {
            int name = ThreadLocalRandom.current().nextInt(NAMES);
            Path folder = parent.resolve("." + Integer.toString(name, 36));
            try {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                return new PrivateFolder(folder);
            } catch (FileAlreadyExistsException e) {
                if (i == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    Path path() {
        return folder;
    }

    /** A file in it. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * Another path of a file in it, short enough to be a socket's address.
     *
     * @throws IOException if there is none
     */
    Path address(String name) throws IOException {
        Path direct = folder.resolve(name);
        if (SocketPath.fits(direct)) {
            return direct;
        }
        // The public path may be as long as the limit, which the private one is beyond then: a link is shorter.
        if (shortcut == null) {
            Path home = Files.createTempDirectory("s", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            created.push(home);
            Path link = Files.createSymbolicLink(home.resolve("l"), folder);
            created.push(link);
            shortcut = link;
        }
        Path roundabout = shortcut.resolve(name);
        if (!SocketPath.fits(roundabout)) {
            throw new IOException(
                    "neither " + direct + " nor " + roundabout + " is short enough for a socket, which may" + " have "
                            + SocketPath.LONGEST + " bytes: choose a shorter path, or a shorter java.io.tmpdir");
        }
        return roundabout;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve(SOCKET));
        Files.deleteIfExists(folder.resolve(ASIDE));
        while (!created.isEmpty()) {
            Files.deleteIfExists(created.pop());
        }
    }
}
