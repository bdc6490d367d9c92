package io.socketserver.testkit;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A conversation that was written down: what the client does and what the handler answers, to be replayed as a test.
 *
 * <pre>{@code
 * Transcript.read(Path.of("src/test/resources/greeting.txt")).replay(Script.of(new GreetingHandler()));
 * }</pre>
 *
 * <p>It is text in UTF-8, a step on each line, in order:
 *
 * <pre>
 * # What is said in quotes is text, anything else is the name of a step.
 * client&gt; "HELO mail\r\n"
 *         "NOOP\r\n"
 * server&gt; "250 mail\r\n"
 * client&gt; hex 00 ff 7f
 * client&gt; idle PT5M
 * server&gt; "421 you are asleep\r\n"
 * server&gt; close
 * </pre>
 *
 * <table>
 * <caption>Steps, and what they are in a script</caption>
 * <tr><th>line</th><th>step</th></tr>
 * <tr><td>{@code client> "text"}, {@code client> hex 00 ff}</td><td>{@link Script#send(byte...)}</td></tr>
 * <tr><td>{@code client> end}</td><td>{@link Script#endInput()}</td></tr>
 * <tr><td>{@code client> idle PT5M}</td><td>{@link Script#idle}, a duration as in {@link java.time.Duration#parse}</td></tr>
 * <tr><td>{@code client> reset}</td><td>{@link Script#reset()}</td></tr>
 * <tr><td>{@code client> close}</td><td>{@link Script#close()}</td></tr>
 * <tr><td>{@code server> "text"}, {@code server> hex 00 ff}</td><td>{@link Script#expect(byte...)}</td></tr>
 * <tr><td>{@code server> nothing}</td><td>{@link Script#expectNothing()}</td></tr>
 * <tr><td>{@code server> end}</td><td>{@link Script#expectOutputEnded()}</td></tr>
 * <tr><td>{@code server> close}</td><td>{@link Script#expectClosed()}</td></tr>
 * <tr><td>{@code server> fail java.io.EOFException}</td><td>{@link Script#expectFailure}, the name of a class</td></tr>
 * </table>
 *
 * <p>A line that begins with white space goes on with the bytes of the line before: they are sent, or expected, in one
 * step. In text {@code \n \r \t \" \\} stand for what they stand for in Java, and {@code \xff} for any byte. Empty lines, and
 * those that begin with {@code #}, mean nothing. Of messages and datagrams a step says one, possibly {@code ""}.
 *
 * <p>Immutable.
 */
public final class Transcript {

    /**
     * A step.
     *
     * @param place where it was written, for errors
     */
    record Entry(String place, Step step) {}

    private final List<Entry> entries;

    Transcript(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** A transcript of what was done. */
    static Transcript of(List<Step> steps) {
        List<Entry> entries = new ArrayList<>();
        steps.forEach(step -> entries.add(new Entry("step " + (entries.size() + 1), step)));
        return new Transcript(entries);
    }

    List<Step> steps() {
        return entries.stream().map(Entry::step).toList();
    }

    /**
     * Reads a transcript from a file.
     *
     * @param file text in UTF-8, as the class says
     * @return the transcript; what fails when it is replayed is named by the file's lines
     * @throws IllegalArgumentException if it is malformed; the exception names the line, and says what it should be
     * @throws IOException if the file cannot be read, or is not in UTF-8
     */
    public static Transcript read(Path file) throws IOException {
        try {
            return new Transcript(TranscriptParser.parse(Files.readString(file), " of " + file.getFileName()));
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no transcript, since it is not text in UTF-8", e);
        }
    }

    /**
     * Reads a transcript from text.
     *
     * @param text the lines
     * @return the transcript
     * @throws IllegalArgumentException if it is malformed; the exception names the line, and says what it should be
     */
    public static Transcript parse(String text) {
        return new Transcript(TranscriptParser.parse(text, ""));
    }

    /**
     * Writes this transcript to a file, which is replaced.
     *
     * @param file where to; made if it is not there
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        Files.writeString(file, toString());
    }

    /**
     * Does the steps of this transcript in a script, and then {@linkplain Script#close() closes} that.
     *
     * @param script a script at its beginning, as from {@link Script#of} or {@link Script#messages}
     * @throws AssertionError if the handler does not do its part; the error names the step's line
     * @throws IllegalArgumentException if there are steps behind the end of the conversation
     */
    public void replay(Script script) {
        try (script) {
            for (Entry entry : entries) {
                come(entry, script.play());
                entry.step.on(script);
            }
        }
    }

    /**
     * Does the steps of this transcript in a script of datagrams, and then {@linkplain DatagramScript#close() closes} that.
     *
     * @param script a script at its beginning, from {@link Script#datagrams}
     * @throws AssertionError if the handler does not do its part; the error names the step's line
     * @throws IllegalArgumentException if there is a step that datagrams do not have, or one behind the end of the
     *     conversation
     */
    public void replay(DatagramScript script) {
        try (script) {
            for (Entry entry : entries) {
                come(entry, script.play());
                if (!entry.step.on(script)) {
                    throw new IllegalArgumentException(entry.place + ": datagrams do not have " + entry.step);
                }
            }
        }
    }

    private static void come(Entry entry, Play play) {
        if (play.over()) {
            throw new IllegalArgumentException(
                    entry.place + ": nothing follows the end of a conversation, but " + entry.step + " does");
        }
        play.place(entry.place);
    }

    /** The lines, to be {@linkplain #parse parsed} again. */
    @Override
    public String toString() {
        return entries.stream().map(entry -> entry.step.lines()).collect(Collectors.joining("\n", "", "\n"));
    }
}
