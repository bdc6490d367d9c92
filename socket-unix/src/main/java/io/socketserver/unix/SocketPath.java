package io.socketserver.unix;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The path of a socket, and the URI that stands for it. */
final class SocketPath {

    /** The most bytes that the JDK takes for a path: two less than the system's {@code sun_path}. */
    static final int LONGEST = sunPath() - 2;

    private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private SocketPath() {}

    /** Absolute, so that it stays what it is; {@code ..} and symbolic links in it are the system's to follow. */
    static Path absolute(Path path) {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw new IllegalArgumentException("a socket's path must be of the default file system, not of "
                    + path.getFileSystem().provider().getScheme() + ": " + path);
        }
        Path absolute = path.toAbsolutePath();
        if (absolute.getFileName() == null || path.toString().isEmpty()) {
            throw new IllegalArgumentException("a socket's path must name a file, not '" + path + "'");
        }
        return absolute;
    }

    static boolean fits(Path path) {
        return bytes(path) <= LONGEST;
    }

    static int bytes(Path path) {
        return name(path).length;
    }

    /** A path as the system sees it. */
    static byte[] name(Path path) {
        return path.toString().getBytes(NAMES);
    }

    static Path path(byte[] name) {
        return Path.of(new String(name, NAMES));
    }

    static String tooLong(Path path) {
        return "its path has " + bytes(path) + " bytes, and a socket's path at most " + LONGEST
                + " on this system: choose a shorter one";
    }

    static URI toUri(String scheme, Path absolute) {
        try {
            return new URI(scheme, null, absolute.toString(), null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no URI can stand for the path '" + absolute + "'", e);
        }
    }

    /**
     * Takes a URI of any of the forms to the one with an absolute path, {@code scheme:/path?query}.
     *
     * <p>A relative one, {@code unix:app.sock?backlog=5}, is opaque to {@link URI}, which finds no query in it.
     */
    static URI absolute(URI uri) {
        if (uri.getRawFragment() != null || (uri.getRawAuthority() != null)) {
            throw malformed(uri, null);
        }
        if (!uri.isOpaque()) {
            return uri;
        }
        String rest = uri.getRawSchemeSpecificPart();
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark);
        URI relative = URI.create("./" + (mark < 0 ? rest : rest.substring(0, mark)));
        Path absolute = path(uri, relative.getPath().substring(2)).toAbsolutePath();
        return URI.create(toUri(uri.getScheme(), absolute).toString() + query);
    }

    /** The path in a URI that {@link #absolute(URI)} has returned. */
    static Path of(URI absolute) {
        return path(absolute, absolute.getPath());
    }

    private static Path path(URI uri, String text) {
        try {
            if (!text.isEmpty() && !text.endsWith("/")) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            throw malformed(uri, e);
        }
        throw malformed(uri, null);
    }

    private static IllegalArgumentException malformed(URI uri, @Nullable Exception cause) {
        String scheme = uri.getScheme();
        return new IllegalArgumentException(
                "bad address '" + uri + "': expected " + scheme + ":/path, " + scheme
                        + ":///path, or relative to the working directory " + scheme + ":path, such as " + scheme
                        + ":/run/app.sock",
                cause);
    }

    private static int sunPath() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return system.contains("mac") || system.contains("bsd") ? 104 : 108;
    }
}
