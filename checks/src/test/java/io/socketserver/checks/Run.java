package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mockStatic;

import io.socketserver.api.Endpoint;
import io.socketserver.api.Observer;
import io.socketserver.api.Server;
import io.socketserver.api.ServerBuilder;
import io.socketserver.tcp.Tcp;
import io.socketserver.udp.Udp;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mockito.MockedStatic;
import org.mockito.invocation.InvocationOnMock;

/**
 * One run of a program of the documentation, on a thread of its own.
 *
 * <p>The port 12345 of localhost, which it may name, is any free one; what it has left open is closed at the end.
 */
final class Run implements Observer {

    private static final Integer PORT = 12345;

    private final Thread thread;
    private final CompletableFuture<Server<?>> serving = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Map<Class<?>, Integer> ports = new HashMap<>();
    private final List<Endpoint<?>> endpoints = new ArrayList<>();

    /** What is run. */
    interface Body {
        void run() throws Exception;
    }

    private Run(ClassLoader loader, Body body) {
        thread = new Thread(() -> run(body), "program");
        thread.setContextClassLoader(loader);
    }

    static Run start(ClassLoader loader, Body body) {
        Run run = new Run(loader, body);
        run.thread.start();
        return run;
    }

    /** Is a client of the first server that serves, and then shuts it down. */
    void talk(String line, String reply) throws Exception {
        Server<?> server = serving.get(Client.LIMIT.toSeconds(), TimeUnit.SECONDS);
        try {
            assertThat(Client.ask(server.uri().toString(), line)).isEqualTo(reply);
        } finally {
            server.shutdown();
        }
    }

    /** Waits for its end; fails if it has failed. */
    void await() throws Exception {
        try {
            end.get(Client.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw e;
        }
        thread.join();
    }

    private void run(Body body) {
        try {
            runOnAnotherPort(body);
            end.complete(null);
        } catch (Throwable t) {
            end.completeExceptionally(t);
            serving.completeExceptionally(t);
        }
    }

    private void runOnAnotherPort(Body body) throws Exception {
        MockedStatic<?> server = mockStatic(Server.class, this::observed);
        MockedStatic<?> tcp = mockStatic(Tcp.class, this::onAnotherPort);
        MockedStatic<?> udp = mockStatic(Udp.class, this::onAnotherPort);
        try {
            body.run();
        } finally {
            server.close();
            tcp.close();
            udp.close();
            close();
        }
    }

    private void close() throws IOException {
        for (Endpoint<?> endpoint : endpoints) {
            endpoint.close();
        }
    }

    private Object observed(InvocationOnMock call) throws Throwable {
        Object result = call.callRealMethod();
        if (result instanceof ServerBuilder<?> builder) {
            builder.observe(this);
        }
        return result;
    }

    @Override
    public void stateChanged(Server<?> server, Server.State from, Server.State to) {
        serving.complete(server);
    }

    private Object onAnotherPort(InvocationOnMock call) throws Throwable {
        Object[] arguments = call.getArguments().clone();
        int port = List.of(arguments).indexOf(PORT);
        if (port < 0) {
            return call.callRealMethod();
        }
        Class<?> transport = call.getMethod().getDeclaringClass();
        arguments[port] = call.getMethod().getName().equals("bind") ? 0 : ports.get(transport);
        Object result = invoke(call, arguments);
        if (result instanceof Endpoint<?> endpoint) {
            ports.put(transport, ((InetSocketAddress) endpoint.address()).getPort());
            endpoints.add(endpoint);
        }
        return result;
    }

    private static Object invoke(InvocationOnMock call, Object[] arguments) throws Throwable {
        try {
            return call.getMethod().invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
