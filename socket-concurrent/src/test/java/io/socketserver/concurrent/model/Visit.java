package io.socketserver.concurrent.model;

/**
 * A client connects, and asks the handler for something.
 *
 * @param what a {@link Deed} or an {@link Errand}
 * @param leaves whether it closes its end at once, without waiting for an answer
 */
record Visit(Enum<?> what, boolean leaves) implements Command {

    @Override
    public String toString() {
        return (leaves ? "ask and leave: " : "ask: ") + what;
    }
}
