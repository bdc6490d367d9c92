package io.socketserver.api;

/**
 * Answers one request: all of a connection's conversation, or one datagram.
 *
 * <p>A handler is shared by all requests of a server and, unless the server's dispatcher is {@linkplain
 * Dispatcher#sequential() sequential}, called by several threads at once. For one instance per request see {@link
 * RequestHandler}. A {@code Handler<Request>} serves streams and datagrams alike, as a Python handler written against
 * {@code rfile} and {@code wfile} does.
 *
 * @param <R> the kind of request it answers
 */
@FunctionalInterface
public interface Handler<R extends Request> {

    /**
     * Answers the request.
     *
     * <p>It may block. The server closes the request when this method ends, however it ends. Whatever it throws costs
     * this request only. The server's {@link ErrorHandler} is told once, unless the peer has {@linkplain
     * Observer#disconnected gone} or the server has cut the request off, at a limit or at the end of a drain. A thread that
     * is interrupted here is asked to end soon; the interrupt ends with the request.
     *
     * @param request what was accepted, open
     * @throws Exception for any failure
     */
    void handle(R request) throws Exception;
}
