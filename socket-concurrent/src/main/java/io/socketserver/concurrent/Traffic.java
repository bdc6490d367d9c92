package io.socketserver.concurrent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** How a request's bytes travel to a child, and the child's to the peer; each direction has a thread. */
interface Traffic {

    /** Gives the child all that the peer sends. What the child does not take is no failure. */
    void feed(OutputStream stdin) throws IOException;

    /** Gives the peer all that the child writes. */
    void answer(InputStream stdout) throws IOException;

    /** The child has ended its output, but lives on. */
    void endAnswer();

    /** Ends {@link #feed} when nobody is left to feed. */
    void stopFeeding();

    /** Ends {@link #answer} when time is over. */
    void stopAnswering();

    /** Both directions and the child have come to a good end. */
    void complete() throws IOException;
}
