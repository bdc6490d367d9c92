package io.socketserver.testkit.jqwik;

import io.socketserver.testkit.MemoryAddress;
import io.socketserver.testkit.MemoryEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Addresses of every kind that requests come from and go to. Nothing is bound to them, and no name is looked up.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<SocketAddress> addresses() {
 *     return Addresses.any();
 * }
 * }</pre>
 */
public final class Addresses {

    /** The longest path of a Unix socket, in bytes, that every system takes. */
    private static final int LONGEST_PATH = 100;

    /** Those that are no letters and that paths can have here, which depends on the system and its character set. */
    private static final char[] SPECIAL = special("/ .-_%#?+:@é漢");

    private Addresses() {}

    /**
     * Addresses of the internet, of Unix sockets and of memory endpoints.
     *
     * @return the arbitrary
     */
    public static Arbitrary<SocketAddress> any() {
        return Arbitraries.oneOf(hostPort(), unix(), memory());
    }

    /**
     * Hosts and ports, of IPv4 and IPv6, wildcards and loopback among them; shrinks towards {@code 0.0.0.0:0}.
     *
     * @return the arbitrary
     */
    public static Arbitrary<InetSocketAddress> hostPort() {
        Arbitrary<byte[]> known = Arbitraries.of(new byte[4], new byte[] {127, 0, 0, 1}, new byte[16], loopback6());
        Arbitrary<byte[]> hosts = Arbitraries.oneOf(
                known,
                Arbitraries.bytes().array(byte[].class).ofSize(4),
                Arbitraries.bytes().array(byte[].class).ofSize(16));
        Arbitrary<Integer> ports = Arbitraries.integers().between(0, 65_535);
        return Combinators.combine(hosts, ports).as((host, port) -> new InetSocketAddress(host(host), port));
    }

    /**
     * Absolute paths of Unix sockets, with characters that are no letters too, of up to 100 bytes; no such path need exist.
     * Of such characters they have those that the system's paths can have.
     *
     * @return the arbitrary
     */
    public static Arbitrary<UnixDomainSocketAddress> unix() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars(SPECIAL)
                .ofMinLength(1)
                .ofMaxLength(LONGEST_PATH / 3 - 1)
                .map(path -> UnixDomainSocketAddress.of("/" + path));
    }

    /**
     * Addresses of memory endpoints.
     *
     * @return the arbitrary
     */
    public static Arbitrary<MemoryAddress> memory() {
        return Arbitraries.strings()
                .alpha()
                .ofMinLength(1)
                .ofMaxLength(20)
                .map(name -> MemoryEndpoint.bind(name).address());
    }

    private static char[] special(String candidates) {
        return candidates
                .codePoints()
                .mapToObj(Character::toString)
                .filter(Addresses::isOfPaths)
                .collect(Collectors.joining())
                .toCharArray();
    }

    private static boolean isOfPaths(String candidate) {
        try {
            return !Path.of("/" + candidate).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static byte[] loopback6() {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        return loopback;
    }

    private static InetAddress host(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are addresses", e);
        }
    }
}
