package io.socketserver.concurrent;

import io.socketserver.api.Handler;
import io.socketserver.api.Request;
import java.io.IOException;
import java.util.List;

/**
 * Answers each request in a process of its own: the JVM's counterpart of Python's {@code ForkingMixIn}, by the
 * convention of inetd.
 *
 * <pre>{@code
 * try (var upper = ProcessHandler.command(ProcessOptions.defaults(), "tr", "a-z", "A-Z");
 *         var server = Server.on(endpoint).dispatch(Dispatchers.threads()).handle(upper)) {
 *     server.serve();
 * }
 * }</pre>
 *
 * <p>What the peer sends is the child's standard input, and what the child writes to its standard output is the reply.
 * Its standard error goes to the system logger {@code io.socketserver.concurrent}, a record of level {@code INFO} for
 * each line; control characters are escaped and long lines cut. The child has no other descriptor of this process.
 *
 * <ul>
 *   <li>Of a <b>connection</b>, bytes are relayed as they come, in both directions, and each side waits for the other
 *       when it is slow. The peer's half-close ends the child's input; a child that closes its output, or ends, ends the
 *       reply, also while the peer goes on sending. What a child does not read is dropped. If the peer goes away, the
 *       child reads the end of its input, and is ended when it writes. The peer is read from all the time, so a server's
 * {@linkplain io.socketserver.api.Limits#readTimeout read timeout} runs while the child works, too.
 *   <li>Of a <b>datagram</b>, the payload is the input. All that a command writes, at most 1 MiB, is one datagram that
 *       answers it; nothing written is no answer. A handler class sends as many as it wants, empty ones too.
 * </ul>
 *
 * <p>When the {@linkplain ProcessOptions#deadline deadline} has passed, or the handling thread is interrupted, the child
 * and all processes it has started are ended: asked to, and 100 ms later forced. Not found are those whose parent had
 * ended before, a daemon that has left for a session of its own say, those that are started in that very moment, and all
 * but the child while this process has no descriptor left to look with. If such a one still holds the child's output, it
 * may hold the reply of a child that has ended by itself until the deadline or until {@link #close()} gives it up, and a
 * thread of this process for as long as it lives.
 *
 * <p>It runs under any dispatcher, and one may serve several servers. A request has three daemon threads while it lasts,
 * since a thread that reads or writes a pipe can neither be interrupted nor wait for a deadline.
 *
 * @param <R> the kind of request it answers
 */
public final class ProcessHandler<R extends Request> implements Handler<R>, AutoCloseable {

    private final Program program;
    private final ProcessOptions options;
    private final Children children;

    private ProcessHandler(Program program, ProcessOptions options) {
        this.program = program;
        this.options = options;
        this.children = new Children(program, options);
        children.replenish();
    }

    /**
     * Runs a command for each request, as inetd does.
     *
     * @param options neither spares nor options of a JVM
     * @param command the program, and its arguments; no shell interprets them
     * @return the handler
     * @throws IllegalArgumentException as {@link #command(ProcessOptions, List)}
     */
    public static ProcessHandler<Request> command(ProcessOptions options, String... command) {
        return command(options, List.of(command));
    }

    /**
     * Runs a command for each request, as inetd does.
     *
     * <p>It finds the addresses in environment variables as UCSPI has them: {@code PROTO}, which is {@code TCP}, {@code
     * UDP} or {@code UNIX}; {@code TCPREMOTEIP}, {@code TCPREMOTEPORT}, {@code TCPLOCALIP} and {@code TCPLOCALPORT}, or
     * the same that begin with {@code UDP}; {@code UNIXREMOTEPATH} and {@code UNIXLOCALPATH}, where there is a path.
     * Otherwise it has the environment and the folder of this process.
     *
     * @param options no spares: a command's environment depends on its request
     * @param command the program, and its arguments; no shell interprets them
     * @return the handler
     * @throws IllegalArgumentException if the command is empty, or spares are asked for
     */
    public static ProcessHandler<Request> command(ProcessOptions options, List<String> command) {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a command needs at least the name of a program");
        }
        if (options.spares() > 0) {
            throw new IllegalArgumentException("spares are for handler classes; a command is started for its request");
        }
        return new ProcessHandler<>(new CommandProgram(command), options);
    }

    /**
     * Runs a handler class for each request, in a fresh JVM with the module path and class path of this one.
     *
     * <p>In the child the handler is given a request with the right addresses; those of transports that the JDK has no
     * class for keep their text only. The request belongs to no server there, and reads and writes have no time-outs:
     * those are set on the server's side, by its {@link io.socketserver.api.Limits}. What the handler prints to {@link
     * System#out} goes to standard error. If it throws, the stack trace is logged and the exit status 1 is {@linkplain
     * ProcessFailedException reported}. A spare ends by itself when this process dies.
     *
     * <p>With {@link ProcessOptions#spares} this starts them, without waiting; a spare that cannot start is logged.
     *
     * @param type has a constructor without parameters, and is on the module path or class path. The constructor and the
     *     class are public and their package exported, or it is opened, to this module
     * @param options of the children
     * @param <R> the kind of request it answers
     * @return the handler
     * @throws IllegalArgumentException if a fresh JVM could not make an instance; the message says what to change
     */
    public static <R extends Request> ProcessHandler<R> running(
            Class<? extends Handler<R>> type, ProcessOptions options) {
        return new ProcessHandler<>(HandlerProgram.of(type, options.jvmOptions()), options);
    }

    /**
     * Has the request answered by a child; blocks until that has ended and its reply is written.
     *
     * @param request what was accepted, open
     * @throws ProcessFailedException if the child's exit status is not 0, or it was ended at the deadline or by {@link
     *     #close()}
     * @throws io.socketserver.api.DisconnectedException if the peer went away
     * @throws InterruptedException if the thread is interrupted, while it waits for a child or for its end
     * @throws IllegalStateException if this handler is closed
     * @throws IOException if the child cannot be started or the request be read or answered
     */
    @Override
    public void handle(R request) throws Exception {
        Child child = children.take(request);
        try {
            new Relay(child, program.traffic(request), options.deadline()).run(children::replenish);
        } finally {
            children.giveBack(child);
        }
    }

    /**
     * Takes no more requests, ends the spares, and waits for the children that answer requests or {@linkplain
     * ProcessOptions#waitOnClose ends them}; idempotent.
     *
     * <p>Requests that wait for a child fail. If the thread is interrupted while it waits, the children are ended; its
     * flag is kept.
     */
    @Override
    public void close() {
        children.close();
    }
}
