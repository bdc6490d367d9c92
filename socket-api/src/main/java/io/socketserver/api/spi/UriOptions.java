package io.socketserver.api.spi;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The options in a URI's query, such as {@code ?backlog=100&reuse-port=true}, applied to a transport's own options.
 *
 * <p>Each call takes one option; {@link #end} complains of those that nobody took. Not thread-safe.
 *
 * @param <T> the transport's immutable options
 */
public final class UriOptions<T> {

    private final URI uri;
    private final Map<String, String> left = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();
    private T options;

    private UriOptions(URI uri, T defaults) {
        this.uri = uri;
        this.options = defaults;
    }

    /**
     * Begins to read a query.
     *
     * @param uri with or without a query
     * @param defaults the options to start from
     * @param <T> the transport's immutable options
     * @return the reader
     * @throws IllegalArgumentException if the query does not consist of {@code name=value} pairs, each name once
     */
    public static <T> UriOptions<T> of(URI uri, T defaults) {
        UriOptions<T> read = new UriOptions<>(uri, defaults);
        String query = uri.getRawQuery();
        if (query != null && !query.isEmpty()) {
            for (String pair : query.split("&", -1)) {
                read.add(pair);
            }
        }
        return read;
    }

    /**
     * Takes an option that is a whole number.
     *
     * @param name its name in the query
     * @param apply gives the options with the value set, such as {@code TcpOptions::backlog}
     * @return this
     * @throws IllegalArgumentException if the value is not a whole number, or is refused
     */
    public UriOptions<T> number(String name, BiFunction<T, Integer, T> apply) {
        return take(name, "a whole number", UriOptions::wholeNumber, apply);
    }

    /**
     * Takes an option that is {@code true} or {@code false}.
     *
     * @param name its name in the query
     * @param apply gives the options with the value set
     * @return this
     * @throws IllegalArgumentException if the value is neither
     */
    public UriOptions<T> flag(String name, BiFunction<T, Boolean, T> apply) {
        return take(name, "true or false", UriOptions::truth, apply);
    }

    /**
     * Ends reading.
     *
     * @return the options as the query sets them
     * @throws IllegalArgumentException if the query has an option that was not taken; the message lists those that
     *     there are
     */
    public T end() {
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown option '" + left.keySet().iterator().next() + "' in '" + uri + "': expected "
                            + (known.isEmpty() ? "none" : String.join(", ", known)));
        }
        return options;
    }

    private <V> UriOptions<T> take(
            String name, String expected, Function<String, @Nullable V> parse, BiFunction<T, V, T> apply) {
        known.add(name);
        String text = left.remove(name);
        if (text != null) {
            V value = parse.apply(text);
            if (value == null) {
                throw bad(name, text, "expected " + expected, null);
            }
            try {
                options = apply.apply(options, value);
            } catch (IllegalArgumentException e) {
                throw bad(name, text, e.getMessage(), e);
            }
        }
        return this;
    }

    private static @Nullable Integer wholeNumber(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Boolean truth(String text) {
        return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
    }

    private IllegalArgumentException bad(
            String name, String text, @Nullable String reason, @Nullable IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "bad value '" + text + "' of option '" + name + "' in '" + uri + "': " + reason, cause);
    }

    private void add(String pair) {
        int equals = pair.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException("bad option '" + pair + "' in '" + uri + "': expected name=value");
        }
        String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
        String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        if (left.put(name, value) != null) {
            throw new IllegalArgumentException("option '" + name + "' appears twice in '" + uri + "'");
        }
    }
}
