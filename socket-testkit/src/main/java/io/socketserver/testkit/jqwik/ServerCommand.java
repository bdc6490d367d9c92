package io.socketserver.testkit.jqwik;

import io.socketserver.api.Server;
import io.socketserver.api.Server.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * What can be done to a server, and what that does to its life.
 *
 * <pre>{@code
 * @Property
 * void theServerIsWhereItShouldBe(@ForAll("sequences") List<ServerCommand> commands) throws Exception {
 *     ServerLife life = ServerLife.NEW;
 *     for (ServerCommand command : commands) {
 *         command.applyTo(server);
 *         life = command.after(life);
 *         assertEquals(life.state(), server.state());
 *     }
 * }
 *
 * @Provide
 * Arbitrary<List<ServerCommand>> sequences() {
 *     return ServerCommand.legalSequences();
 * }
 * }</pre>
 */
public enum ServerCommand {
    /** {@link Server#start()}. */
    START,
    /** {@link Server#serveOne}, without waiting. */
    SERVE_ONE,
    /** {@link Server#pause()}. */
    PAUSE,
    /** {@link Server#resume()}. */
    RESUME,
    /** {@link Server#shutdown()}. */
    SHUTDOWN,
    /** {@link Server#drain}, without a grace. */
    DRAIN,
    /** {@link Server#close()}. */
    CLOSE;

    /** What comes of a command. */
    public enum Outcome {
        /** It does what it is there for, which may be nothing. */
        SUCCEEDS,
        /** It throws {@link IllegalStateException}, and the server is as before. */
        THROWS,
        /** One or the other, as the thread that served may or may not have noticed yet that it is to end. */
        EITHER
    }

    private static final int MOST_COMMANDS = 12;

    /**
     * Any sequences of up to 12 commands, which serve more often than they end; shrinks towards shorter ones.
     *
     * @return the arbitrary
     */
    public static Arbitrary<List<ServerCommand>> sequences() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.of(START, SERVE_ONE, PAUSE, RESUME)),
                        Tuple.of(1, Arbitraries.of(ServerCommand.class)))
                .list()
                .ofMaxSize(MOST_COMMANDS);
    }

    /**
     * Sequences in which every command {@linkplain Outcome#SUCCEEDS succeeds}, if nobody else does anything to the server.
     *
     * @return the arbitrary
     */
    public static Arbitrary<List<ServerCommand>> legalSequences() {
        return sequences().map(ServerCommand::legal);
    }

    private static List<ServerCommand> legal(List<ServerCommand> commands) {
        List<ServerCommand> legal = new ArrayList<>();
        ServerLife life = ServerLife.NEW;
        for (ServerCommand command : commands) {
            if (command.outcome(life) == Outcome.SUCCEEDS) {
                legal.add(command);
                life = command.after(life);
            }
        }
        return legal;
    }

    /**
     * Does it.
     *
     * @param server what it is done to
     * @throws IllegalStateException if the server cannot do that now
     * @throws IOException if the server fails at it
     */
    public void applyTo(Server<?> server) throws IOException {
        switch (this) {
            case START -> server.start();
            case SERVE_ONE -> server.serveOne(Duration.ZERO);
            case PAUSE -> server.pause();
            case RESUME -> server.resume();
            case SHUTDOWN -> server.shutdown();
            case DRAIN -> server.drain(Duration.ZERO);
            case CLOSE -> server.close();
        }
    }

    /**
     * What comes of it.
     *
     * @param life where the server is in its life
     * @return whether it succeeds
     */
    public Outcome outcome(ServerLife life) {
        if (this != START && this != SERVE_ONE) {
            return Outcome.SUCCEEDS;
        }
        if (life.state() == State.CLOSED) {
            return Outcome.THROWS;
        }
        if (!life.served()) {
            return Outcome.SUCCEEDS;
        }
        return life.state() == State.DRAINING ? Outcome.EITHER : Outcome.THROWS;
    }

    /**
     * Where the server is in its life afterwards, whether it succeeds or not.
     *
     * @param life where it is before
     * @return where it is then
     */
    public ServerLife after(ServerLife life) {
        State state = life.state();
        if (outcome(life) != Outcome.SUCCEEDS) {
            return life;
        }
        return switch (this) {
            case START -> new ServerLife(state == State.NEW ? State.SERVING : state, !life.ending());
            case SERVE_ONE -> new ServerLife(state == State.NEW ? State.SERVING : state, false);
            case PAUSE -> new ServerLife(state == State.SERVING ? State.PAUSED : state, life.served());
            case RESUME -> new ServerLife(state == State.PAUSED ? State.SERVING : state, life.served());
            case SHUTDOWN -> new ServerLife(state == State.CLOSED ? state : State.DRAINING, life.served());
            case DRAIN, CLOSE -> new ServerLife(State.CLOSED, false);
        };
    }
}
