package io.socketserver.api.spi;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host and port of a URI such as {@code tcp://localhost:80}, {@code udp://[::1]:53} or {@code tcp://*:8080}.
 *
 * @param host a name or a literal address, without brackets; empty for every address of this machine
 * @param port from 0 to 65535
 */
public record HostPort(String host, int port) {

    // Integer.parseInt would take a sign, and digits of other scripts.
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    /**
     * Checks the parts.
     *
     * @param host as the record says
     * @param port as the record says
     * @throws IllegalArgumentException if the port is out of range
     */
    public HostPort {
        Objects.requireNonNull(host, "host");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port must be from 0 to 65535, not " + port);
        }
    }

    /**
     * Takes host and port from a URI's authority. A host of {@code *}, or none as in {@code tcp://:8080}, stands for
     * every address of this machine.
     *
     * @param uri of the form {@code scheme://host:port}
     * @return its host and port
     * @throws IllegalArgumentException if the URI has another form
     */
    public static HostPort of(URI uri) {
        String authority = uri.getRawAuthority();
        String path = uri.getRawPath();
        boolean more = uri.getRawFragment() != null || (path != null && path.length() > 1);
        int colon = authority == null ? -1 : authority.lastIndexOf(':');
        if (authority == null || colon < 0 || more || authority.indexOf('@') >= 0) {
            throw malformed(uri, null);
        }
        String host = authority.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            // RFC 6874: the per cent sign before a scope is itself escaped; the JDK takes one that is not as well.
            host = host.substring(1, host.length() - 1).replaceFirst("%25(?=.)", "%");
        } else if (host.indexOf(':') >= 0) {
            throw malformed(uri, null);
        }
        String port = authority.substring(colon + 1);
        if (!PORT.matcher(port).matches()) {
            throw malformed(uri, null);
        }
        try {
            return new HostPort(host.equals("*") ? "" : host, Integer.parseInt(port));
        } catch (IllegalArgumentException e) {
            throw malformed(uri, e);
        }
    }

    /**
     * Finds the address of the host; may block on a name service.
     *
     * @return the address, the wildcard address for an empty host
     * @throws UnknownHostException if the name is not known
     */
    public InetSocketAddress resolve() throws UnknownHostException {
        if (host.isEmpty()) {
            return new InetSocketAddress(port);
        }
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("unknown host: " + host);
        }
        return address;
    }

    /**
     * Writes an address as a URI.
     *
     * @param scheme what the URI begins with, without the colon
     * @param address resolved
     * @return the URI, with the literal address in it, in the short form of RFC 5952 if it is of IPv6
     */
    public static URI toUri(String scheme, InetSocketAddress address) {
        InetAddress host = address.getAddress();
        String literal =
                host instanceof Inet6Address ? '[' + shorten(host.getHostAddress()) + ']' : host.getHostAddress();
        return URI.create(scheme + "://" + literal + ':' + address.getPort());
    }

    // The JDK writes all eight groups; the longest run of zeros, the first of equals, becomes "::".
    private static String shorten(String address) {
        int scope = address.indexOf('%');
        String[] groups = (scope < 0 ? address : address.substring(0, scope)).split(":");
        int start = 0;
        int longest = 0;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end].equals("0")) {
                end++;
            }
            if (end - i > longest) {
                start = i;
                longest = end - i;
            }
        }
        String text = longest < 2
                ? String.join(":", groups)
                : String.join(":", List.of(groups).subList(0, start))
                        + "::"
                        + String.join(":", List.of(groups).subList(start + longest, groups.length));
        // RFC 6874: the per cent sign before a scope is itself escaped in a URI.
        return scope < 0 ? text : text + "%25" + address.substring(scope + 1);
    }

    /** As in a URI: {@code host:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
    }

    private static IllegalArgumentException malformed(URI uri, @Nullable Exception cause) {
        String scheme = uri.getScheme();
        return new IllegalArgumentException(
                "bad address '" + uri + "': expected " + scheme + "://host:port with a port from 0 to 65535, such as "
                        + scheme + "://localhost:8080, " + scheme + "://[::1]:8080 or " + scheme + "://*:8080",
                cause);
    }
}
