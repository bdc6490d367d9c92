package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.socketserver.api.Connection;
import io.socketserver.api.Handler;
import io.socketserver.api.RequestHandler;
import io.socketserver.api.Server;
import io.socketserver.api.Transports;
import io.socketserver.api.framing.Framing;
import io.socketserver.concurrent.ProcessHandler;
import io.socketserver.concurrent.ProcessOptions;
import io.socketserver.tcp.Tcp;
import io.socketserver.testkit.Exchange;
import io.socketserver.testkit.MemoryEndpoint;
import io.socketserver.unix.Unix;
import io.socketserver.unix.UnixOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each message of docs/errors.md is one of the code; and what the code says when it is provoked is on the page. */
class ErrorsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.+?`.*?) \\|");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final String ANYTHING = "…";

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> isInTheCode() {
        List<String> sources = sources();
        return messages().stream()
                .map(message -> DynamicTest.dynamicTest(message, () -> {
                    List<String> parts = parts(message);
                    assertThat(sources.stream()
                                    .anyMatch(source -> parts.stream().allMatch(source::contains)))
                            .as("a source file has %s", parts)
                            .isTrue();
                }));
    }

    @Test
    void hasMessages() {
        assertThat(messages()).hasSizeGreaterThan(50);
    }

    @TestFactory
    Stream<DynamicTest> isOnThePage() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Server<?> closed = Server.on(MemoryEndpoint.bind()).handle(connection -> {});
        closed.close();
        return Stream.of(
                provoked("scheme", () -> Transports.bind(URI.create("sctp://localhost:1"))),
                provoked("no scheme", () -> Transports.bind(URI.create("localhost"))),
                provoked("no port", () -> Transports.bind(URI.create("tcp://localhost"))),
                provoked("option", () -> Transports.bind(URI.create("tcp://localhost:0?blacklog=1"))),
                provoked("value", () -> Transports.bind(URI.create("tcp://localhost:0?backlog=many"))),
                provoked("datagrams", () -> Transports.connect(URI.create("udp://localhost:1"))),
                provoked("streams", () -> Transports.open(URI.create("tcp://localhost:1"))),
                provoked("taken", this::bindTwice),
                provoked("refused", this::connectToNobody),
                provoked("host", () -> Tcp.bind("no-such-host.invalid", 0)),
                provoked("file", () -> Unix.bind(file)),
                provoked("folder", () -> Unix.bind(folder.resolve("none/s"))),
                provoked("mode", () -> Transports.bind(URI.create("unix:/s?mode=888"))),
                provoked("letters", () -> UnixOptions.defaults().mode("660")),
                provoked("nobody", () -> Unix.connect(folder.resolve("nobody"))),
                provoked("closed", closed::serve),
                provoked("lambda", () -> ProcessHandler.running(lambda(), ProcessOptions.defaults())),
                provoked(
                        "spares",
                        () -> ProcessHandler.command(ProcessOptions.defaults().spares(1), "cat")),
                provoked("late", this::timeoutTooLate),
                provoked("line", () -> Exchange.of("x".repeat(9)).with(connection -> connection.readLine(8))),
                provoked("constructor", () -> Exchange.of("").with(RequestHandler.each(Hasty::new))),
                provoked("long", () -> receive(Framing.lines().maxMessage(2), "long\n")),
                provoked("negative", () -> receive(Framing.lengthPrefix(8), "\u00ff".repeat(8))),
                provoked("end", () -> receive(Framing.fixed(9), "short")),
                provoked("send", () -> send(Framing.lines().maxMessage(2), "long")),
                provoked("feed", () -> send(Framing.lines(), "two\nlines")),
                provoked("delimiter", () -> send(Framing.delimitedBy((byte) ';'), "one;two")));
    }

    private static DynamicTest provoked(String name, ThrowingCallable provocation) {
        return DynamicTest.dynamicTest(name, () -> {
            String said = catchThrowable(provocation).getMessage();
            assertThat(messages())
                    .as(said)
                    .anyMatch(message -> pattern(message).matcher(said).find());
        });
    }

    /** What is the same in every such message, without what joins it to the rest. */
    private static List<String> parts(String message) {
        return Stream.of(message.split(ANYTHING))
                .map(part -> part.replaceAll("^[\\s;:,']+|[\\s;:,']+$", ""))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static Pattern pattern(String message) {
        List<String> parts =
                Stream.of(message.split(ANYTHING)).map(Pattern::quote).toList();
        // One that says next to nothing matches next to everything.
        assertThat(message).hasSizeGreaterThan(6);
        return Pattern.compile(String.join(".*", parts));
    }

    private void bindTwice() throws IOException {
        try (var first = Tcp.bind("localhost", 0)) {
            Tcp.bind("localhost", ((InetSocketAddress) first.address()).getPort())
                    .close();
        }
    }

    private void connectToNobody() throws IOException {
        URI uri;
        try (var endpoint = Tcp.bind("localhost", 0)) {
            uri = endpoint.uri();
        }
        Transports.connect(uri).close();
    }

    private void timeoutTooLate() throws IOException {
        try (var endpoint = Tcp.bind("localhost", 0);
                var client = Transports.connect(endpoint.uri())) {
            client.write(new byte[1]);
            client.readTimeout(Client.LIMIT);
        }
    }

    @SuppressWarnings("unchecked")
    private static Class<? extends Handler<Connection>> lambda() {
        Handler<Connection> lambda = connection -> {};
        return (Class<? extends Handler<Connection>>) lambda.getClass();
    }

    private static void receive(Framing framing, String bytes) throws Exception {
        Exchange.of(bytes.getBytes(StandardCharsets.ISO_8859_1)).with(framing.handler((message, replies) -> {}));
    }

    private static void send(Framing framing, String message) {
        framing.encode(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), ByteBuffer.allocate(99));
    }

    private static List<String> messages() {
        List<String> messages = new ArrayList<>();
        ROW.matcher(Page.of("errors").text())
                .results()
                .forEach(
                        row -> QUOTED.matcher(row.group(1)).results().forEach(quoted -> messages.add(quoted.group(1))));
        return messages;
    }

    /** The source files, without comments, and with strings that are joined as one. */
    private static List<String> sources() {
        List<String> sources = new ArrayList<>();
        for (String module : Product.PUBLISHED) {
            Path root = Product.checks().resolveSibling(module).resolve("src/main/java");
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    String source = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "");
                    sources.add(source.replaceAll("\"\\s*\\+\\s*\"", ""));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sources;
    }

    private static final class Hasty extends RequestHandler<Connection> {
        Hasty() {
            request();
        }

        @Override
        protected void handle() {}
    }
}
