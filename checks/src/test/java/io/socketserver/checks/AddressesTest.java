package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.socketserver.api.Transports;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The options that docs/addresses.md lists are those that the transports take. */
class AddressesTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+):` \\| (.*) \\|$");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @Test
    void listsTheOptionsOfEachTransport() {
        Map<String, List<String>> listed = new TreeMap<>();
        ROW.matcher(Page.of("addresses").text())
                .results()
                .forEach(row -> listed.put(row.group(1), names(row.group(2))));
        assertThat(listed.keySet()).isEqualTo(Transports.schemes());
        listed.forEach((scheme, options) ->
                assertThat(options).as(scheme).containsExactlyInAnyOrderElementsOf(options(scheme)));
    }

    private static List<String> names(String cell) {
        return QUOTED.matcher(cell)
                .results()
                .map((MatchResult name) -> name.group(1))
                .toList();
    }

    /** As the complaint about an unknown one has them. */
    private static List<String> options(String scheme) {
        URI uri = URI.create(scheme.startsWith("unix") ? scheme + ":/s?no=1" : scheme + "://localhost:0?no=1");
        String complaint = catchThrowable(() -> Transports.bind(uri)).getMessage();
        return List.of(complaint.replaceFirst(".*: expected ", "").split(", "));
    }
}
