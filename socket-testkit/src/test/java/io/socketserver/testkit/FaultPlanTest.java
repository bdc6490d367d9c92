package io.socketserver.testkit;

import static io.socketserver.testkit.Side.CLIENT;
import static io.socketserver.testkit.Side.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketserver.api.Connection;
import io.socketserver.api.Endpoint;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What a plan takes, and how it reads. */
@Timeout(20)
class FaultPlanTest extends NetworkFixture {

    private static final FaultPlan NONE = FaultPlan.none();
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
    private static final Duration BEFORE = Duration.ofNanos(-1);

    private static DynamicTest refused(String message, ThrowingCallable call) {
        return DynamicTest.dynamicTest(
                message,
                () -> assertThatThrownBy(call)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(message));
    }

    @TestFactory
    Stream<DynamicTest> whatCannotHappenIsRefused() {
        return Stream.of(
                refused("a probability must be from 0 to 1, not 1.1", () -> NONE.split(1.1)),
                refused("a probability must be from 0 to 1, not NaN", () -> NONE.drop(Double.NaN)),
                refused("a time must not be negative, as PT-0.000000001S is", () -> NONE.stall(1, BEFORE)),
                refused("a time must not be negative, as PT-0.000000001S is", () -> NONE.reorder(1, BEFORE)),
                refused(
                        "a time must not be negative, as PT-0.000000001S is",
                        () -> NONE.resetAfter("client#1", BEFORE)),
                refused(
                        "a time must not be negative, as PT-0.000000001S is",
                        () -> NONE.outOfDescriptors(BEFORE, SECOND)),
                refused(
                        "descriptors are missing from a time until a later one, not from PT1S until PT0S",
                        () -> NONE.outOfDescriptors(SECOND, Duration.ZERO)),
                refused(
                        "a connection is named as in a transcript, like client#3, not client3",
                        () -> NONE.resetAt("client3", CLIENT, 1)),
                refused(
                        "a connection is named as in a transcript, like client#3, not client#",
                        () -> NONE.endAt("client#", CLIENT, 1)),
                refused(
                        "a connection is named as in a transcript, like client#3, not #",
                        () -> NONE.resetAfter("#", SECOND)),
                refused(
                        "a connection is named as in a transcript, like client#3, not client#0",
                        () -> NONE.abort("client#0")),
                refused(
                        "a connection is named as in a transcript, like client#3, not memory:client#3",
                        () -> NONE.abort("memory:client#3")),
                refused("so many bytes as -1 never arrive", () -> NONE.resetAt("client#1", CLIENT, -1)),
                refused("so many bytes as -1 never arrive", () -> NONE.endAt("client#1", SERVER, -1)));
    }

    @TestFactory
    @SuppressWarnings("NullAway") // that is what is refused
    Stream<DynamicTest> nullIsRefusedByName() {
        return Stream.of(
                missing("connection", () -> NONE.resetAt(null, CLIENT, 1)),
                missing("connection", () -> NONE.resetAfter(null, SECOND)),
                missing("connection", () -> NONE.abort(null)),
                missing("side", () -> NONE.resetAt("client#1", null, 1)),
                missing("side", () -> NONE.endAt("client#1", null, 1)),
                missing("time", () -> NONE.resetAfter("client#1", null)),
                missing("time", () -> NONE.stall(1, null)),
                missing("late", () -> NONE.reorder(1, null)),
                missing("shortest", () -> NONE.delay(null, SECOND)),
                missing("longest", () -> NONE.delay(SECOND, null)),
                missing("from", () -> NONE.outOfDescriptors(null, SECOND)),
                missing("until", () -> NONE.outOfDescriptors(SECOND, null)));
    }

    private static DynamicTest missing(String what, ThrowingCallable call) {
        return DynamicTest.dynamicTest(
                what,
                () -> assertThatThrownBy(call)
                        .isInstanceOf(NullPointerException.class)
                        .hasMessage(what));
    }

    @Test
    void whatIsToHappenInACenturyNeverDoes() throws Exception {
        FaultPlan plan = NONE.resetAfter("client#1", FOREVER)
                .stall(1, FOREVER)
                .reorder(1, FOREVER)
                .outOfDescriptors(FOREVER, FOREVER);
        try (Network network = Network.seeded(1, plan);
                Endpoint<Connection> endpoint = network.bind("here");
                Connection client = network.connect("here");
                Connection server = endpoint.accept(SECOND)) {
            client.writeLine("on its way");
            server.readTimeout(Duration.ofDays(300));
            assertThatThrownBy(server::readLine).isInstanceOf(SocketTimeoutException.class);
            assertThat(millis(network)).isEqualTo(Duration.ofDays(300).toMillis());
            network.pass(Duration.ofDays(36_300));
            assertThat(network.transcript()).endsWith(" client#1 connects to here");
        }
    }

    @Test
    void connectingForACenturyCanBeGivenUp() throws Exception {
        try (Network network = Network.seeded(1, NONE.delay(FOREVER, FOREVER));
                Endpoint<Connection> endpoint = network.bind("here")) {
            Async<Connection> connecting = Async.call(() -> network.connect("here"));
            assertThat(endpoint.accept(Duration.ofDays(300))).isNull();
            connecting.interrupt();
            assertThatThrownBy(connecting::join).isInstanceOf(ClosedByInterruptException.class);
        }
    }

    @Test
    void aDelayMayBeAlwaysTheSame() {
        assertThat(NONE.delay(SECOND)).hasToString(NONE.delay(SECOND, SECOND).toString());
    }

    @Test
    void itReadsAsTheCallsThatMakeIt() {
        assertThat(NONE).hasToString("FaultPlan.none()");
        assertThat(NONE.split(0).delay(Duration.ZERO, Duration.ZERO)).hasToString("FaultPlan.none()");
        assertThat(NONE.split(0.5)
                        .delay(Duration.ofMillis(1), Duration.ofMillis(40))
                        .resetAt("client#3", CLIENT, 100))
                .hasToString("FaultPlan.none().split(0.5).delay(PT0.001S, PT0.04S).resetAt(\"client#3\", CLIENT, 100)");
        assertThat(NONE.merge(0.1)
                        .stall(0.2, SECOND)
                        .bandwidth(300)
                        .reset(0.3)
                        .abort(0.4)
                        .drop(0.5)
                        .duplicate(0.6)
                        .reorder(0.7, SECOND)
                        .truncate(0.8)
                        .endAt("client#1", SERVER, 5)
                        .resetAfter("client#2", Duration.ofMinutes(5))
                        .abort("client#3")
                        .outOfDescriptors(SECOND, FOREVER))
                .hasToString("FaultPlan.none().merge(0.1).stall(0.2, PT1S).reset(0.3).abort(0.4).drop(0.5)"
                        + ".duplicate(0.6).reorder(0.7, PT1S).truncate(0.8).bandwidth(300)"
                        + ".endAt(\"client#1\", SERVER, 5).resetAfter(\"client#2\", PT5M).abort(\"client#3\")"
                        + ".outOfDescriptors(PT1S, PT876600H)");
    }
}
