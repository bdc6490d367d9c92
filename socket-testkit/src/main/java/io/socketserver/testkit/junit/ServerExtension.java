package io.socketserver.testkit.junit;

import io.socketserver.api.Connection;
import io.socketserver.api.DatagramClient;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import io.socketserver.api.Server;
import io.socketserver.api.ServerBuilder;
import io.socketserver.testkit.LeakCheck;
import io.socketserver.testkit.Network;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A server under test: started before each test, drained after it, and looked at then.
 *
 * <pre>{@code
 * @RegisterExtension
 * final ServerExtension<Connection> server =
 *         ServerExtension.on(() -> Tcp.bind("localhost", 0)).handle(new UpperHandler());
 *
 * @Test
 * void answersInUpperCase(Connection client) throws IOException {
 *     client.writeLine("hello");
 *     assertEquals("HELLO", client.readLine());
 * }
 * }</pre>
 *
 * <p>A test fails if it leaves a thread, a descriptor or the file of a socket behind; if a handler has thrown something that
 * the test did not {@linkplain #expectError expect}; or if a request goes on although all clients from here are closed. The
 * error names everything that was found. It sees the whole process, as {@link LeakCheck} does, so
 * that such tests must not run at the same time.
 *
 * <p>On a {@link Network} clients come from the host {@code client}. The error of a test that fails there has the network's
 * transcript, and with it its seed:
 *
 * <pre>{@code
 * final Network network = Network.seeded(42);
 *
 * @RegisterExtension
 * final ServerExtension<Connection> server =
 *         ServerExtension.on(() -> network.bind("upper")).handle(new UpperHandler());
 * }</pre>
 *
 * <p>A test method, and what runs before and after each, can have parameters: the {@link Server}, and clients of it, which are
 * a {@link Connection} or, if it serves datagrams, a {@link DatagramClient}: a new one for each parameter, which is closed
 * after the test. The field may be static; each test has a server of its own all the same. A test may have several extensions;
 * then the one that is registered first looks for what is left, when all servers have ended. Not thread-safe, but for clients.
 *
 * @param <R> the kind of request that the server serves
 */
public final class ServerExtension<R extends Request>
        implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private final PathEndpointSource<R> source;
    private final Function<? super ServerBuilder<R>, Server<R>> composition;
    private Duration grace = Duration.ofSeconds(5);
    private String[] mayStay = {};
    private @Nullable RunningServer<R> running;

    private ServerExtension(PathEndpointSource<R> source, Function<? super ServerBuilder<R>, Server<R>> composition) {
        this.source = source;
        this.composition = Objects.requireNonNull(composition, "composition");
    }

    /**
     * Begins an extension with an endpoint, on any transport.
     *
     * @param source binds it for each test: {@code () -> Tcp.bind("localhost", 0)}, {@code () -> MemoryEndpoint.bind()}
     * @param <R> the kind of request that arrives there
     * @return to be completed with a handler
     */
    public static <R extends Request> Setup<R> on(EndpointSource<R> source) {
        Objects.requireNonNull(source, "source");
        return new Setup<>(path -> source.bind());
    }

    /**
     * Begins an extension with an endpoint at a path of the file system; the test has a folder of its own for it.
     *
     * @param source binds it for each test: {@code (Path path) -> Unix.bind(path)}
     * @param <R> the kind of request that arrives there
     * @return to be completed with a handler
     */
    public static <R extends Request> Setup<R> atPath(PathEndpointSource<R> source) {
        return new Setup<>(source);
    }

    /**
     * An extension that still needs a handler.
     *
     * @param <R> the kind of request that the server serves
     */
    public static final class Setup<R extends Request> {

        private final PathEndpointSource<R> source;

        private Setup(PathEndpointSource<R> source) {
            this.source = Objects.requireNonNull(source, "source");
        }

        /**
         * Completes the extension with a sequential server.
         *
         * @param handler answers the requests of all tests
         * @return the extension
         */
        public ServerExtension<R> handle(Handler<? super R> handler) {
            Objects.requireNonNull(handler, "handler");
            return build(server -> server.handle(handler));
        }

        /**
         * Completes the extension with any server: {@code server -> server.dispatch(Dispatchers.threads()).handle(handler)}.
         *
         * @param composition completes the server of each test; an error handler that it sets is told of failures instead of
         *     this extension
         * @return the extension
         */
        public ServerExtension<R> build(Function<? super ServerBuilder<R>, Server<R>> composition) {
            return new ServerExtension<>(source, composition);
        }
    }

    /**
     * Sets how long requests may go on when the test is over and its clients are closed, in the server's time and in real
     * time, whichever is over first; threads a second longer.
     *
     * @param duration 5 s otherwise
     * @return this
     */
    public ServerExtension<R> grace(Duration duration) {
        grace = Objects.requireNonNull(duration, "duration");
        return this;
    }

    /**
     * Sets which threads a test may leave behind, such as those of a library; of several extensions for the first.
     *
     * @param threads their names, or what those begin with, as in {@link LeakCheck#begin(String...)}
     * @return this
     */
    public ServerExtension<R> mayStay(String... threads) {
        mayStay = threads.clone();
        return this;
    }

    /**
     * The server of this test, serving.
     *
     * @return the server; a test may end it
     * @throws IllegalStateException if no test is running
     */
    public Server<R> server() {
        return running().server();
    }

    /**
     * Where the server of this test can be reached.
     *
     * @return its URI, with the real port
     * @throws IllegalStateException if no test is running
     */
    public URI uri() {
        return server().uri();
    }

    /**
     * Connects a client to the server of this test, if that serves streams.
     *
     * @return a connection that is closed after the test
     * @throws IOException if that fails
     * @throws IllegalArgumentException if the server serves datagrams
     */
    public Connection connect() throws IOException {
        return running().connect();
    }

    /**
     * Opens a client of the server of this test, if that serves datagrams.
     *
     * @return a client that is closed after the test
     * @throws IOException if that fails
     * @throws IllegalArgumentException if the server serves streams
     */
    public DatagramClient open() throws IOException {
        return running().open();
    }

    /**
     * Expects that a handler fails, or has failed; blocks for at most 10 s, or 1 s if one has failed with something else.
     *
     * @param type what it has to throw; of several such failures the first that was not expected before counts
     * @param <T> what it is returned as
     * @return what it has thrown
     * @throws AssertionError if none has failed with that in time
     * @throws InterruptedException if this thread is interrupted
     */
    public <T extends Throwable> T expectError(Class<T> type) throws InterruptedException {
        return running().errors().next(type);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        running = new RunningServer<>(source, composition, LeakCheck.begin(mayStay));
        count(context).incrementAndGet();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        RunningServer<R> ended = running;
        running = null;
        if (ended == null) {
            return;
        }
        Optional<Network> network = ended.network();
        context.getExecutionException().ifPresent(failure -> tell(network, failure));
        try {
            ended.end(grace, count(context).decrementAndGet() == 0);
        } catch (AssertionError failure) {
            tell(network, failure);
            throw failure;
        }
    }

    private static void tell(Optional<Network> network, Throwable failure) {
        network.ifPresent(
                on -> failure.addSuppressed(new AssertionError("it happened on this network:\n" + on.transcript())));
    }

    /** How many servers of a test run. */
    private static AtomicInteger count(ExtensionContext context) {
        return context.getStore(ExtensionContext.Namespace.create(ServerExtension.class))
                .getOrComputeIfAbsent("running", key -> new AtomicInteger(), AtomicInteger.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        RunningServer<R> now = running;
        return now != null && (type == Server.class || now.isReachedBy(type));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        try {
            if (type == Server.class) {
                return server();
            }
            return type == Connection.class ? connect() : open();
        } catch (IOException e) {
            throw new ParameterResolutionException("the server on " + uri() + " cannot be reached", e);
        }
    }

    private RunningServer<R> running() {
        RunningServer<R> now = running;
        if (now == null) {
            throw new IllegalStateException("there is a server during a test only: is this extension registered, with"
                    + " @RegisterExtension, and is a test running?");
        }
        return now;
    }
}
