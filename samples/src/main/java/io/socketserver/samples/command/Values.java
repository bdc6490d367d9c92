package io.socketserver.samples.command;

import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters of options' values, whose complaints say what would have been right. */
final class Values {

    private Values() {}

    static Integer wholeNumber(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            TypeConversionException complaint =
                    new TypeConversionException("expected a whole number up to 2147483647, not '" + text + "'");
            complaint.initCause(e);
            throw complaint;
        }
    }

    /** What a value of an option makes; if that cannot be, the complaint names the option. */
    static <T> T of(String option, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid value for option '" + option + "': " + e.getMessage(), e);
        }
    }

    /** Options with one of them changed, if its value was given. */
    static <O, T> O with(O options, String option, @Nullable T value, BiFunction<O, T, O> change) {
        return value == null ? options : of(option, () -> change.apply(options, value));
    }

    /** Converts to one of a few values by what they are called. */
    static <E extends Enum<E>> ITypeConverter<E> oneOf(Class<E> choices) {
        List<E> values = List.of(choices.getEnumConstants());
        return text -> values.stream()
                .filter(value -> value.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected " + anyOf(values) + ", not '" + text + "'"));
    }

    /** Lists alternatives as a sentence does. */
    static String anyOf(Collection<?> values) {
        String commas = values.stream().map(Object::toString).collect(Collectors.joining(", "));
        int last = commas.lastIndexOf(", ");
        return last < 0 ? commas : commas.substring(0, last) + " or " + commas.substring(last + 2);
    }
}
