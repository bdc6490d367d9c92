package io.socketserver.concurrent.model;

import io.socketserver.api.Server;
import java.io.IOException;
import java.util.concurrent.Callable;

/** Who has sent a handler on an errand, as that kind of handler deals with them. */
interface Client {

    String ANSWER = "done";

    /** The server that the handler works for. */
    Server<?> server();

    /** Answers, which ends it. */
    void answer() throws IOException;

    /** Answers at much greater length than a client takes unread. */
    void answerAtLength() throws IOException;

    /** Answers on another thread, when something is over there. */
    void answerAfter(Callable<?> work) throws Exception;

    /** Waits for what the client has to say next. */
    void readOn() throws IOException;

    /** Ends it without an answer. */
    void hangUp() throws IOException;
}
