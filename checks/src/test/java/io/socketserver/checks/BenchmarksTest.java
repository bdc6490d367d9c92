package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The commands and tables of benchmarks/README.md name what there is, by the word of the sources: the ordinary build does not
 * make that program, and a run takes too long.
 */
class BenchmarksTest {

    private static final Path SOURCES =
            Page.benchmarks().file().resolveSibling("src/main/java/io/socketserver/benchmarks");
    private static final Pattern FLAG = Pattern.compile("names = \"(--\\w+)\", description");
    private static final Pattern OPTION = Pattern.compile("names = \"(--\\w+)\",\\s+(?:split|paramLabel)");
    private static final Pattern SERVER =
            Pattern.compile("(?:sdk|netty|new Program)\\(\\s*(?:\"(\\w+)\"|(?=[A-Z])(\\w+)),");
    private static final Pattern WORK = Pattern.compile("new Work\\(\\s*\"(\\w+)\"|pingPong\\(([\\d_]+)\\)");

    @Test
    void serversAreThoseOfTheTable() throws IOException {
        List<String> servers = servers();
        assertThat(table("--servers")).containsExactlyElementsOf(servers);
        assertThat(source("Main")).contains("\"Only these: " + String.join(", ", servers) + ".\"");
    }

    @Test
    void workIsThatOfTheTable() throws IOException {
        assertThat(table("--only")).containsExactlyElementsOf(works());
    }

    @Test
    void commandsAreUnderstood() throws IOException {
        List<String> commands = Page.benchmarks().blocks().stream()
                .filter(block -> block.language().equals("sh"))
                .flatMap(block -> block.code().lines())
                .map(line -> line.replaceFirst(" +#.*", ""))
                .toList();
        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            Iterator<String> words = List.of(command.split(" ")).iterator();
            assertThat(words.next()).isEqualTo("benchmarks/run");
            while (words.hasNext()) {
                requireKnown(words.next(), words);
            }
        }
    }

    private static void requireKnown(String word, Iterator<String> rest) throws IOException {
        if (!word.startsWith("--")) {
            assertThat(source("Framings")).contains("name = \"" + word + "\"");
        } else if (found(OPTION, "Main").contains(word)) {
            requireValue(word, List.of(rest.next().split(",")));
        } else {
            assertThat(found(FLAG, "Main")).contains(word);
        }
    }

    private static void requireValue(String option, List<String> values) throws IOException {
        switch (option) {
            case "--servers" -> assertThat(servers()).containsAll(values);
            case "--only" -> {
                List<String> works = works();
                assertThat(values)
                        .allMatch(value ->
                                works.stream().anyMatch(work -> work.equals(value) || work.startsWith(value + "-")));
            }
            default -> assertThat(values).singleElement().asString().containsOnlyDigits();
        }
    }

    private static List<String> servers() throws IOException {
        return found(SERVER, "Program").stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    private static List<String> works() throws IOException {
        return found(WORK, "Work").stream()
                .map(work -> Character.isDigit(work.charAt(0)) ? "pingpong-" + work.replace("_", "") : work)
                .toList();
    }

    /** The names in the first column of the table that has this title. */
    private static List<String> table(String option) {
        return Page.benchmarks()
                .text()
                .lines()
                .dropWhile(line -> !line.equals("| `" + option + "` | |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.substring(0, line.indexOf('|', 1)))
                .flatMap(cell -> Pattern.compile("`([^`]+)`").matcher(cell).results())
                .map(match -> match.group(1))
                .toList();
    }

    /** What one of the groups of a pattern matches, in the order in which it stands there. */
    private static List<String> found(Pattern pattern, String source) throws IOException {
        List<String> found = new ArrayList<>();
        pattern.matcher(source(source))
                .results()
                .forEach(match -> found.add(match.group(match.groupCount() > 1 && match.group(1) == null ? 2 : 1)));
        return found;
    }

    private static String source(String name) throws IOException {
        return Files.readString(SOURCES.resolve(name + ".java"));
    }
}
