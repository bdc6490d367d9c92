package io.socketserver.concurrent;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.DisconnectedException;
import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** The child's side: a JVM that makes a handler, waits for its one request, answers it and exits. */
final class ChildMain {

    // A handler may send from several threads, and a pipe takes a long frame in pieces.
    private static final ReentrantLock WRITING = new ReentrantLock();

    private ChildMain() {}

    /**
     * Begins the child.
     *
     * @param args the name of the handler class
     * @throws IOException if the standard streams fail
     */
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] args) throws IOException {
        FileInputStream stdin = new FileInputStream(FileDescriptor.in);
        FileOutputStream stdout = new FileOutputStream(FileDescriptor.out);
        // Standard output is the reply's; what a handler prints must not get into it.
        PrintStream printed = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.setErr(printed);
        System.setOut(printed);
        System.exit(run(args[0], stdin, stdout));
    }

    private static int run(String type, FileInputStream stdin, FileOutputStream stdout) {
        try {
            Handler<Request> handler = instance(type);
            rehearse(stdin, stdout);
            Introduction introduction = Introduction.readFrom(stdin);
            if (introduction == null) {
                // A spare that nobody needed, or whose parent has died.
                return 0;
            }
            if (introduction.datagram()) {
                answer(handler, datagram(introduction, stdin, stdout));
            } else {
                answer(handler, Connection.of(new StdioChannel(introduction, stdin, stdout)));
            }
            return 0;
        } catch (DisconnectedException e) {
            // The parent knows that the peer is gone, and tells.
            return 1;
        } catch (Throwable t) {
            t.printStackTrace();
            return 1;
        }
    }

    // Loads what the request will need while nobody waits for it; it moves no byte.
    private static void rehearse(FileInputStream stdin, FileOutputStream stdout) throws IOException {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Introduction(false, false, nobody, nobody).writeTo(bytes);
        Introduction read = Introduction.readFrom(new ByteArrayInputStream(bytes.toByteArray()));
        Connection connection = Connection.of(new StdioChannel(Objects.requireNonNull(read), stdin, stdout));
        connection.write(new byte[0]);
        connection.read(new byte[0]);
    }

    // As a server does: what a datagram has collected is sent at the end, and not after a failure.
    private static void answer(Handler<Request> handler, Request request) throws Exception {
        handler.handle(request);
        request.close();
    }

    private static Datagram datagram(Introduction introduction, FileInputStream stdin, FileOutputStream stdout)
            throws IOException {
        // Buffered, since a bare file's stream would seek, which a pipe cannot.
        byte[] payload = new BufferedInputStream(stdin).readAllBytes();
        return Datagram.of(
                ByteBuffer.wrap(payload),
                introduction.truncated(),
                introduction.remote(),
                introduction.local(),
                (reply, to) -> send(reply, stdout));
    }

    private static void send(ByteBuffer payload, FileOutputStream stdout) throws IOException {
        int length = payload.remaining();
        byte[] frame = ByteBuffer.allocate(Integer.BYTES + length)
                .putInt(length)
                .put(payload)
                .array();
        WRITING.lock();
        try {
            stdout.write(frame);
        } finally {
            WRITING.unlock();
        }
    }

    @SuppressWarnings("unchecked")
    private static Handler<Request> instance(String type) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(type).getDeclaredConstructor();
        constructor.trySetAccessible();
        return (Handler<Request>) constructor.newInstance();
    }
}
