package io.socketserver.unix;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The name under which a bound socket can be reached, from its publication to its removal. */
final class SocketFile {

    private static final String TAKEN = "another server has just taken the path";

    /** Binds a socket to a path that nobody else can reach. */
    @FunctionalInterface
    interface Binder {
        void bind(Path address) throws IOException;
    }

    private final Path path;
    private final Object key;
    private final AtomicBoolean removed = new AtomicBoolean();

    private SocketFile(Path path, Object key) {
        this.path = path;
        this.key = key;
    }

    /**
     * Binds a socket and publishes it, in such an order that nobody sees it before it is complete, and nothing at the
     * path is harmed that still serves.
     *
     * @param refusal how the message of a failure begins
     * @param path absolute
     * @param mode of the socket, from the moment that it can be seen
     * @param binder binds it, and makes it listen if it is to
     */
    static SocketFile publish(String refusal, Path path, Set<PosixFilePermission> mode, Binder binder)
            throws IOException {
        if (!SocketPath.fits(path)) {
            throw new BindException(refusal + SocketPath.tooLong(path));
        }
        SocketFile published = null;
        try (PrivateFolder folder = PrivateFolder.beside(path)) {
            binder.bind(folder.address(PrivateFolder.SOCKET));
            Path hidden = folder.file(PrivateFolder.SOCKET);
            // Java cannot set the umask, so the mode is right only now; until here the folder hides it.
            Files.setPosixFilePermissions(hidden, mode);
            Occupant self = Occupant.at(hidden);
            if (self == null) {
                throw new NoSuchFileException(hidden.toString());
            }
            link(path, hidden, folder);
            published = new SocketFile(path, self.key());
        } catch (IOException | UnsupportedOperationException e) {
            if (published != null) {
                published.remove();
            }
            throw named(refusal, e);
        }
        return published;
    }

    /** Removes the name if it is still this socket's. To be called while the socket is open; idempotent. */
    void remove() throws IOException {
        // Once only, and while the socket is open: the system gives its identity to no other file until then.
        if (removed.compareAndSet(false, true)) {
            Occupant now = Occupant.at(path);
            if (now != null && key.equals(now.key())) {
                Files.deleteIfExists(path);
            }
        }
    }

    // A hard link never replaces what is there, unlike a rename.
    private static void link(Path path, Path hidden, PrivateFolder folder) throws IOException {
        try {
            Files.createLink(path, hidden);
        } catch (FileAlreadyExistsException e) {
            StaleSocket.clear(path, folder);
            try {
                Files.createLink(path, hidden);
            } catch (FileAlreadyExistsException again) {
                again.addSuppressed(e);
                throw (BindException) new BindException(TAKEN).initCause(again);
            }
        }
    }

    private static BindException named(String refusal, Exception cause) {
        BindException named = new BindException(refusal + reason(cause));
        named.initCause(cause);
        return named;
    }

    private static String reason(Exception cause) {
        if (cause instanceof NoSuchFileException) {
            return "its directory does not exist";
        }
        if (cause instanceof UnsupportedOperationException) {
            return "its file system has no modes or hard links, which safe binding needs";
        }
        if (cause instanceof FileSystemException failed && failed.getReason() != null) {
            return failed.getReason() + " (" + failed.getFile() + ")";
        }
        return cause instanceof AccessDeniedException denied
                ? "permission denied (" + denied.getFile() + ")"
                : String.valueOf(cause.getMessage());
    }
}
