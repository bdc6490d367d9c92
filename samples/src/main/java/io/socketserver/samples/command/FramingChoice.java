package io.socketserver.samples.command;

import io.socketserver.api.framing.Framing;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.TypeConversionException;

/**
 * A value of {@code --framing}.
 *
 * @param text as it was written
 * @param framing what it means
 */
record FramingChoice(String text, Framing framing) {

    static final FramingChoice NONE = new FramingChoice("none", Framing.none());

    private static final String FIXED = "fixed:";
    private static final String DELIMITER = "delimiter:";

    static FramingChoice parse(String text) {
        try {
            return new FramingChoice(text, framing(text));
        } catch (IllegalArgumentException e) {
            TypeConversionException complaint = new TypeConversionException(e.getMessage() + ", in '" + text + "'");
            complaint.initCause(e);
            throw complaint;
        }
    }

    private static Framing framing(String text) {
        if (text.startsWith(FIXED) && text.length() > FIXED.length()) {
            return Framing.fixed(Values.wholeNumber(text.substring(FIXED.length())));
        }
        if (text.startsWith(DELIMITER) && text.length() > DELIMITER.length()) {
            return Framing.delimitedBy(text.substring(DELIMITER.length()).getBytes(StandardCharsets.UTF_8));
        }
        return switch (text) {
            case "none" -> Framing.none();
            case "line" -> Framing.lines();
            case "length" -> Framing.lengthPrefix(4);
            case "delimiter" -> Framing.delimitedBy((byte) 0);
            default ->
                throw new TypeConversionException(
                        "expected none, line, length, delimiter, delimiter:TEXT or fixed:N, not '" + text + "'");
        };
    }

    boolean isNone() {
        return text.equals(NONE.text);
    }

    FramingChoice maxFrame(int bytes) {
        return new FramingChoice(text, framing.maxMessage(bytes));
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return text;
    }
}
