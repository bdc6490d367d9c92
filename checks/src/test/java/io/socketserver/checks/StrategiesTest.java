package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketserver.api.Connection;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Dispatcher;
import io.socketserver.api.Endpoint;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.ServerBuilder;
import io.socketserver.api.Transports;
import io.socketserver.api.framing.Framing;
import io.socketserver.api.framing.MessageHandler;
import io.socketserver.concurrent.Dispatchers;
import io.socketserver.concurrent.ProcessHandler;
import io.socketserver.concurrent.ProcessOptions;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.MemoryDatagramEndpoint;
import io.socketserver.testkit.MemoryEndpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What README.md's table of transports and strategies claims is so: each ✓ is a server that echoes. */
@Timeout(60)
class StrategiesTest {

    private static final String TITLE = "## Every transport with every strategy";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final MessageHandler ECHO = (message, replies) -> replies.send(message);

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> serves() {
        List<String[]> table = Page.root()
                .text()
                .lines()
                .dropWhile(line -> !line.equals(TITLE))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(row -> row.split("\\s*\\|\\s*"))
                .toList();
        List<String> strategies = strategies(table.get(0));
        List<DynamicTest> tests = new ArrayList<>();
        for (String[] row : table.subList(2, table.size() - 1)) {
            assertThat(row).hasSize(2 + strategies.size());
            for (int i = 0; i < strategies.size(); i++) {
                assertThat(row[2 + i]).isEqualTo("✓");
                String strategy = strategies.get(i);
                tests.add(DynamicTest.dynamicTest(row[1] + " " + strategy, () -> serves(row[1], strategy)));
            }
        }
        assertThat(tests).hasSize(5 * 6).extracting(DynamicTest::getDisplayName).doesNotHaveDuplicates();
        return tests.stream();
    }

    /** What the columns are called; a method without a class is of that of the column before. */
    private static List<String> strategies(String[] titles) {
        List<String> strategies = new ArrayList<>();
        String type = "";
        for (String title : List.of(titles).subList(2, titles.length)) {
            String name = title.replaceAll("[` ]|\\(n?\\)", "");
            type = name.startsWith(".") ? type : name.replaceAll("\\..*", "");
            strategies.add(name.startsWith(".") ? type + name : name);
        }
        return strategies;
    }

    private void serves(String transport, String strategy) throws Exception {
        assumeTrue(
                !strategy.equals("Dispatchers.virtualThreads")
                        || Runtime.version().feature() >= 21,
                "needs Java 21");
        LeakCheck leaks = LeakCheck.begin();
        if (transport.endsWith("memory")) {
            try (MemoryEndpoint endpoint = MemoryEndpoint.bind();
                    Server<?> server = server(endpoint, strategy);
                    Connection client = endpoint.connect()) {
                server.start();
                assertEchoes(client);
            }
            try (MemoryDatagramEndpoint endpoint = MemoryDatagramEndpoint.bind();
                    Server<?> server = server(endpoint, strategy);
                    DatagramClient client = endpoint.client()) {
                server.start();
                assertEchoes(client);
            }
        } else {
            try (Server<?> server = server(Transports.bind(address(transport)), strategy)) {
                server.start();
                assertEchoes(server.uri());
            }
        }
        leaks.assertNone();
    }

    private URI address(String transport) {
        String scheme = transport.replaceAll(".*`(\\w+):`", "$1");
        assertThat(transport.toLowerCase(Locale.ROOT)).startsWith("`" + scheme + "`");
        return URI.create(scheme.startsWith("unix") ? scheme + ":" + folder.resolve("s") : scheme + "://127.0.0.1:0");
    }

    private static <R extends Request> Server<R> server(Endpoint<R> endpoint, String strategy) {
        ServerBuilder<R> builder = Server.on(endpoint);
        if (strategy.equals("Dispatchers.eventLoop")) {
            return builder.dispatch(Dispatchers.eventLoop()).handle(ECHO.over(Framing.none()));
        }
        if (strategy.equals("ProcessHandler")) {
            return builder.dispatch(Dispatchers.threads())
                    .handle(ProcessHandler.command(ProcessOptions.defaults(), "cat"));
        }
        return builder.dispatch(dispatcher(strategy)).handle(ECHO.over(Framing.none()));
    }

    private static Dispatcher dispatcher(String strategy) {
        return switch (strategy) {
            case "Dispatcher.sequential" -> Dispatcher.sequential();
            case "Dispatchers.threads" -> Dispatchers.threads();
            case "Dispatchers.pool" -> Dispatchers.pool(2);
            case "Dispatchers.virtualThreads" -> Dispatchers.virtualThreads();
            default -> throw new AssertionError("a strategy that is not known: " + strategy);
        };
    }

    private static void assertEchoes(URI uri) throws IOException {
        if (Transports.isStream(uri)) {
            try (Connection client = Transports.connect(uri, LIMIT)) {
                assertEchoes(client);
            }
        } else {
            try (DatagramClient client = Transports.open(uri)) {
                assertEchoes(client);
            }
        }
    }

    private static void assertEchoes(Connection client) throws IOException {
        client.readTimeout(LIMIT);
        client.write(HELLO);
        client.shutdownOutput();
        assertThat(client.input().readAllBytes()).isEqualTo(HELLO);
    }

    private static void assertEchoes(DatagramClient client) throws IOException {
        client.send(HELLO);
        assertThat(client.receive(LIMIT).payload()).isEqualTo(ByteBuffer.wrap(HELLO));
    }
}
