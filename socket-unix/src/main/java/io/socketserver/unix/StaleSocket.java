package io.socketserver.unix;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Makes way where a server has died and left its socket.
 *
 * <p>Between looking at a path and acting on it anything may happen there, and the system has no operation that does
 * both. So whoever clears a path holds a lock file beside it: of servers that bind by this class, none can take a
 * path's new owner for its dead one. Against others, who know nothing of the lock, what was taken away is looked at once
 * more, and put back if it turns out to be served; it is lost only if a third has bound the path in that moment.
 */
final class StaleSocket {

    private StaleSocket() {}

    /**
     * Removes what is at a path if it is a socket without a server.
     *
     * @param path of a file that exists, or did a moment ago
     * @param folder where to take it
     * @throws BindException if it must not be removed
     */
    static void clear(Path path, PrivateFolder folder) throws IOException {
        if (requireStale(path) == null) {
            return;
        }
        Path lock = path.resolveSibling("." + path.getFileName() + ".lock");
        try {
            Files.createFile(lock);
        } catch (FileAlreadyExistsException e) {
            throw (BindException) new BindException("another server is just replacing the stale socket there; if there"
                            + " is none, one was killed while it did, and " + lock + " is to be removed")
                    .initCause(e);
        }
        try {
            Occupant stale = requireStale(path);
            if (stale != null) {
                remove(path, stale, folder);
            }
        } finally {
            Files.delete(lock);
        }
    }

    private static @Nullable Occupant requireStale(Path path) throws IOException {
        Occupant found = Occupant.at(path);
        if (found != null) {
            String server = found.socket() ? Occupant.server(path) : found.what() + " is there, which is left alone";
            if (server != null) {
                throw new BindException(server);
            }
        }
        return found;
    }

    static void remove(Path path, Occupant stale, PrivateFolder folder) throws IOException {
        Path aside = folder.file(PrivateFolder.ASIDE);
        Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
        Occupant moved = Occupant.at(aside);
        boolean same = moved != null && moved.socket() && moved.key().equals(stale.key());
        // Asked again although it is the same: a freed identity may have gone to a new file.
        String server =
                same ? Occupant.server(folder.address(PrivateFolder.ASIDE)) : "another file has just come there";
        if (server != null) {
            putBack(path, aside);
            throw new BindException(server);
        }
    }

    private static void putBack(Path path, Path aside) throws IOException {
        try {
            Files.createLink(path, aside);
            // Or else a later rename to this name, being of the same file, would do nothing.
            Files.delete(aside);
        } catch (FileAlreadyExistsException e) {
            throw (BindException) new BindException("two other servers have bound the path in the same moment, of which"
                            + " one is no longer to be reached by it")
                    .initCause(e);
        }
    }
}
