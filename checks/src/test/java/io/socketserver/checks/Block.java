package io.socketserver.checks;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A fenced block of a page, with what the comment directly above it says of it.
 *
 * @param page the page's name, such as {@code tutorial}
 * @param line where the block's fence is
 * @param language of the fence; empty if there is none
 * @param note the comment, of which the parts are separated by semicolons; empty if there is none. {@code file: PATH}: the
 *     block is that file; {@code LINE -> REPLY}: the program answers that line with that reply; {@code continues}: the
 *     fragment goes on where the one before it has ended; {@code from Java 21}: runs there only
 * @param code the lines between the fences
 */
record Block(String page, int line, String language, String note, String code) {

    /** The file that the block is, if it is one. */
    Optional<String> file() {
        return part("file: ").map(part -> part.substring("file: ".length()));
    }

    /** Whether it goes on where the fragment before it has ended. */
    boolean continues() {
        return part("continues").isPresent();
    }

    /** Whether this JVM is one that it can run on. */
    boolean runsHere() {
        return part("from Java 21").isEmpty() || Runtime.version().feature() >= 21;
    }

    /** The line to send to the program that it is, and the line that has to come back. */
    Optional<String[]> conversation() {
        return parts().filter(part -> part.contains(" -> ")).findAny().map(part -> part.split(" -> ", 2));
    }

    private Optional<String> part(String prefix) {
        return parts().filter(part -> part.startsWith(prefix)).findAny();
    }

    private Stream<String> parts() {
        return Stream.of(note.split("; "));
    }

    /** A Java name for it. */
    String id() {
        return "Line" + line;
    }

    @Override
    public String toString() {
        return page + " line " + line;
    }
}
