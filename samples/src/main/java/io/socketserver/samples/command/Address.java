package io.socketserver.samples.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Addresses as they are written on the command line. */
final class Address {

    private Address() {}

    static URI parse(String text) {
        // Without its scheme an address can still be a URI: that of scheme "localhost", say.
        if (text.matches("[^/]*:[0-9]+")) {
            throw new IllegalArgumentException(
                    "bad address '" + text + "': expected a scheme before it, such as tcp://" + text);
        }
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "bad address '" + text + "': expected a URI such as tcp://localhost:8080 (" + reason(e) + ")", e);
        }
    }

    private static String reason(URISyntaxException e) {
        // Where it is, each version of Java says in another way.
        return e.getReason().substring(0, 1).toLowerCase(Locale.ROOT)
                + e.getReason().substring(1);
    }

    /** Adds an option to the query, which a relative {@code unix:} address has as well, though not to {@link URI}. */
    static URI with(URI address, String option, Object value) {
        return URI.create(address + (address.toString().indexOf('?') < 0 ? "?" : "&") + option + "=" + value);
    }
}
