package io.socketserver.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.Connection;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.Server;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryEndpoint;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a handler throws costs its own connection and no other, under every strategy alike. */
@Timeout(30)
class HandlerFaultsTest {

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void nothingIsLeft() {
        leaks.assertNone();
    }

    static Stream<Arguments> faultsUnderEachStrategy() {
        Map<String, Supplier<Dispatcher>> strategies =
                Map.of("sequential", Dispatcher::sequential, "threads", Dispatchers::threads);
        return strategies.entrySet().stream()
                .flatMap(strategy -> Stream.of(
                                new IOException("checked"),
                                new IllegalStateException("unchecked"),
                                new AssertionError("assertion"),
                                new StackOverflowError("stack"),
                                new OutOfMemoryError("memory"),
                                new ThreadDeath(),
                                new Throwable("neither error nor exception"))
                        .map(fault -> Arguments.of(strategy.getKey(), strategy.getValue(), fault)));
    }

    @ParameterizedTest(name = "{2} under {0}")
    @MethodSource("faultsUnderEachStrategy")
    void onlyItsOwnConnectionIsLost(String name, Supplier<Dispatcher> strategy, Throwable fault) throws Exception {
        BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
        MemoryEndpoint endpoint = MemoryEndpoint.bind();
        try (var server = Server.on(endpoint)
                .dispatch(strategy.get())
                .onError((request, failure) -> told.add(failure))
                .handle(connection -> {
                    if ("fail".equals(connection.readLine())) {
                        throw sneaky(fault);
                    }
                    connection.writeLine("well");
                })) {
            server.start();
            try (Connection failing = endpoint.connect();
                    Connection healthy = endpoint.connect()) {
                failing.writeLine("fail");
                assertThat(failing.readLine())
                        .as("the connection that failed is closed")
                        .isNull();
                assertThat(told.poll(10, TimeUnit.SECONDS)).isSameAs(fault);
                healthy.writeLine("go on");
                assertThat(healthy.readLine()).isEqualTo("well");
            }
        }
        assertThat(told).as("told once").isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable fault) throws T {
        throw (T) fault;
    }
}
