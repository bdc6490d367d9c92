package io.socketserver.api;

import io.socketserver.api.spi.DatagramTransport;
import io.socketserver.api.spi.StreamTransport;
import io.socketserver.api.spi.Transport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds transports by the scheme of a URI, among the installed modules and jars.
 *
 * <p>A program that names its transport at compile time uses that transport's own factory; this is for those that read
 * an address from their configuration. Thread-safe.
 */
public final class Transports {

    private static final Map<String, String> MODULES = Map.of(
            "tcp", "io.socketserver.tcp",
            "udp", "io.socketserver.udp",
            "unix", "io.socketserver.unix",
            "unixgram", "io.socketserver.unix");

    /** It is a URI as well, the scheme of which is the host. */
    private static final Pattern HOST_AND_PORT = Pattern.compile("[^:/]+:[0-9]+");

    private Transports() {}

    /**
     * The schemes for which a transport is installed.
     *
     * @return the schemes, sorted
     */
    public static SortedSet<String> schemes() {
        return installed().stream().map(Transport::scheme).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Binds an endpoint.
     *
     * @param uri such as {@code tcp://localhost:8080}; options of the transport may be in its query
     * @return the endpoint, of connections or datagrams as the transport has them
     * @throws NoTransportException if the scheme has no transport, or two
     * @throws IllegalArgumentException if the transport does not understand the URI
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static Endpoint<? extends Request> bind(URI uri) throws IOException {
        Transport transport = find(uri);
        return transport instanceof StreamTransport streams
                ? streams.bind(uri)
                : ((DatagramTransport) transport).bind(uri);
    }

    /**
     * Connects a stream, trying as long as the system does; see {@link #connect(URI, Duration)}.
     *
     * @param uri such as {@code tcp://localhost:8080}
     * @return the connection
     * @throws IllegalArgumentException as the other connect does
     * @throws IOException if it fails; the message names the address
     */
    public static Connection connect(URI uri) throws IOException {
        return connect(uri, Duration.ZERO);
    }

    /**
     * Connects a stream; blocks until it is connected.
     *
     * @param uri such as {@code tcp://localhost:8080}; options of the transport may be in its query
     * @param timeout how long to try; zero for as long as the system does
     * @return the connection
     * @throws NoTransportException if the scheme has no transport, or two
     * @throws IllegalArgumentException if the transport does not understand the URI, or has no streams
     * @throws java.net.SocketTimeoutException if it takes too long
     * @throws IOException if it fails; the message names the address
     */
    public static Connection connect(URI uri, Duration timeout) throws IOException {
        if (find(uri) instanceof StreamTransport streams) {
            return streams.connect(uri, timeout);
        }
        throw new IllegalArgumentException("cannot connect a stream to '" + uri + "': the transport of "
                + uri.getScheme() + ": has datagrams, so use Transports.open");
    }

    /**
     * Opens a client of a datagram server.
     *
     * @param uri such as {@code udp://localhost:5353}; options of the transport may be in its query
     * @return the client; whether anybody listens there is not known yet
     * @throws NoTransportException if the scheme has no transport, or two
     * @throws IllegalArgumentException if the transport does not understand the URI, or has no datagrams
     * @throws IOException if it fails; the message names the address
     */
    public static DatagramClient open(URI uri) throws IOException {
        if (find(uri) instanceof DatagramTransport datagrams) {
            return datagrams.open(uri);
        }
        throw new IllegalArgumentException("cannot send datagrams to '" + uri + "': the transport of " + uri.getScheme()
                + ": has streams, so use Transports.connect");
    }

    /**
     * Whether the transport of a URI has streams, to be {@linkplain #connect connected}, or datagrams, to be
     * {@linkplain #open opened}.
     *
     * @param uri with a scheme
     * @return true for streams
     * @throws NoTransportException if the scheme has no transport, or two
     */
    public static boolean isStream(URI uri) {
        return find(uri) instanceof StreamTransport;
    }

    private static Transport find(URI uri) {
        String scheme = uri.getScheme();
        if (scheme == null) {
            throw new IllegalArgumentException(
                    "bad address '" + uri + "': expected a URI with a scheme, such as tcp://localhost:8080");
        }
        String wanted = scheme.toLowerCase(Locale.ROOT);
        List<Transport> installed = installed();
        List<Transport> found =
                installed.stream().filter(t -> t.scheme().equals(wanted)).collect(Collectors.toList());
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new NoTransportException(found.isEmpty() ? missing(uri, wanted, installed) : ambiguous(wanted, found));
    }

    private static List<Transport> installed() {
        return ServiceLoader.load(Transport.class).stream()
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toList());
    }

    private static String missing(URI uri, String scheme, List<Transport> installed) {
        Set<String> there = installed.stream().map(Transport::scheme).collect(Collectors.toCollection(TreeSet::new));
        return "no transport for '" + scheme + ":'; installed: " + (there.isEmpty() ? "none" : String.join(", ", there))
                + "; " + remedy(uri, scheme, there);
    }

    private static String remedy(URI uri, String scheme, Set<String> there) {
        if (HOST_AND_PORT.matcher(uri.toString()).matches()) {
            return "if '" + scheme + "' is a host, write its scheme too, as in tcp://" + uri;
        }
        String module = MODULES.get(scheme);
        if (module != null) {
            return "add the module " + module;
        }
        Map<String, String> others = new HashMap<>(MODULES);
        others.keySet().removeAll(there);
        return others.isEmpty() ? "use one of these" : "known modules: " + new TreeSet<>(others.values());
    }

    private static String ambiguous(String scheme, List<Transport> found) {
        return "more than one transport for '" + scheme + ":', leave out all but one of: "
                + found.stream()
                        .map(t -> t.getClass().getName() + " in "
                                + (t.getClass().getModule().isNamed()
                                        ? "module " + t.getClass().getModule().getName()
                                        : t.getClass()
                                                .getProtectionDomain()
                                                .getCodeSource()
                                                .getLocation()))
                        .sorted()
                        .collect(Collectors.joining(", "));
    }
}
