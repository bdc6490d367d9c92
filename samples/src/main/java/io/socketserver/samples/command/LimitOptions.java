package io.socketserver.samples.command;

import io.socketserver.api.Limits;
import io.socketserver.api.WhenFull;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code serve} that limit what it takes on. */
final class LimitOptions {

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "How many clients, or datagrams, are handled at once. Default: any number.")
    private @Nullable Integer maxConnections;

    @Option(
            names = "--when-full",
            paramLabel = "NAME",
            description = "What becomes of more than that, or of those too fast: queue in the backlog, or refuse."
                    + " Default: queue.")
    private Excess whenFull = Excess.QUEUE;

    @Option(
            names = "--max-per-peer",
            paramLabel = "N",
            description = "How many of one address, or of one user on a Unix socket, are handled at once; more are"
                    + " refused. Default: any number.")
    private @Nullable Integer maxPerPeer;

    @Option(
            names = "--peer-prefix",
            paramLabel = "B4,B6",
            split = ",",
            arity = "1",
            hideParamSyntax = true,
            description = "How many bits of an IPv4 and an IPv6 address tell a peer, such as 24,64. Default: 32,128.")
    private int @Nullable [] peerPrefix;

    @Option(
            names = "--accept-rate",
            paramLabel = "N",
            description = "How many are accepted in a second. Default: any number.")
    private @Nullable Integer acceptRate;

    @Option(
            names = "--idle-timeout",
            paramLabel = "D",
            description = "Hang up on a client when nothing is sent either way for so long, such as 400ms, 5s, 2m or"
                    + " 1h; streams only, as are the next two. Default: never.")
    private @Nullable Duration idleTimeout;

    @Option(
            names = "--read-timeout",
            paramLabel = "D",
            description = "Hang up on a client that sends nothing while it is waited for. Default: never.")
    private @Nullable Duration readTimeout;

    @Option(
            names = "--write-timeout",
            paramLabel = "D",
            description = "Hang up on a client that does not take its answer. Default: never.")
    private @Nullable Duration writeTimeout;

    @Option(
            names = "--request-deadline",
            paramLabel = "D",
            description = "Hang up on a client after so long, whatever it does. Default: never.")
    private @Nullable Duration requestDeadline;

    /** The values of {@code --when-full}. */
    enum Excess {
        QUEUE,
        REFUSE;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Those given that make no sense for datagrams, by name. */
    Map<String, Object> forStreams() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("--idle-timeout", idleTimeout);
        given.put("--read-timeout", readTimeout);
        given.put("--write-timeout", writeTimeout);
        given.values().removeIf(value -> value == null);
        return given;
    }

    /** Throws IllegalArgumentException if one is out of its range. */
    Limits limits() {
        Limits limits = Limits.none().whenFull(whenFull == Excess.QUEUE ? WhenFull.QUEUE : WhenFull.REFUSE);
        limits = Values.with(limits, "--max-connections", maxConnections, Limits::maxConnections);
        limits = Values.with(limits, "--max-per-peer", maxPerPeer, Limits::maxPerPeer);
        limits = Values.with(limits, "--accept-rate", acceptRate, Limits::acceptRate);
        limits = Values.with(limits, "--idle-timeout", idleTimeout, Limits::idleTimeout);
        limits = Values.with(limits, "--read-timeout", readTimeout, Limits::readTimeout);
        limits = Values.with(limits, "--write-timeout", writeTimeout, Limits::writeTimeout);
        limits = Values.with(limits, "--request-deadline", requestDeadline, Limits::requestDeadline);
        return Values.with(limits, "--peer-prefix", peerPrefix, LimitOptions::prefix);
    }

    private static Limits prefix(Limits limits, int[] bits) {
        if (bits.length != 2) {
            throw new IllegalArgumentException(
                    "expected two numbers, for IPv4 and IPv6, such as 24,64, not " + bits.length);
        }
        return limits.peerPrefix(bits[0], bits[1]);
    }
}
