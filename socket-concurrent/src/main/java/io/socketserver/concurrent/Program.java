package io.socketserver.concurrent;

import io.socketserver.api.Request;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What children run. */
interface Program {

    /** Starts a child, for a request or, without one, as a spare. */
    Child start(@Nullable Request request) throws IOException;

    /** Tells a child what request it is for, ahead of the request's bytes; fails if the child is gone. */
    void introduce(Child child, Request request) throws IOException;

    /** How the bytes of such a request travel. */
    Traffic traffic(Request request);
}
