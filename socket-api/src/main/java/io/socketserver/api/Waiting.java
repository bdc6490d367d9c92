package io.socketserver.api;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/** What a connection has only once threads wait in it, so that those of an event loop do without. */
final class Waiting {

    final InputStream input;
    final OutputStream output;
    /** Bytes of one write are not mixed with those of another. */
    final ReentrantLock writing = new ReentrantLock();

    Waiting(Connection connection) {
        input = new RequestInput(connection, connection::read);
        output = new RequestOutput(connection, connection::write);
    }
}
