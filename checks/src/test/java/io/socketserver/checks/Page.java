package io.socketserver.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation: README.md, that of benchmarks, or one in docs. */
record Page(Path file) {

    private static final String COMMENT = "<!-- ";
    private static final String README = "README.md";
    private static final Pattern PYTHON_NAME = Pattern.compile("`(\\w+)(?:\\([^`]*\\))?`");

    static Page root() {
        return new Page(Product.checks().resolveSibling(README));
    }

    static Page benchmarks() {
        return new Page(Product.checks().resolveSibling("benchmarks").resolve(README));
    }

    static Page of(String name) {
        return new Page(Product.checks().resolveSibling("docs").resolve(name + ".md"));
    }

    static List<Page> all() {
        try (Stream<Path> docs = Files.list(root().file.resolveSibling("docs"))) {
            return Stream.concat(
                            Stream.of(root(), benchmarks()),
                            docs.filter(file -> file.toString().endsWith(".md"))
                                    .sorted()
                                    .map(Page::new))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Block> blocks(String language) {
        return all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** Its name, as a package of Java may have it. */
    String name() {
        return (equals(benchmarks()) ? file.getParent() : file)
                .getFileName()
                .toString()
                .replace(".md", "")
                .replace('-', '_')
                .toLowerCase(Locale.ROOT);
    }

    String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Block> blocks() {
        List<String> lines = text().lines().toList();
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                int end = i + 1;
                while (!lines.get(end).equals("```")) {
                    end++;
                }
                String code = String.join("\n", lines.subList(i + 1, end)) + "\n";
                blocks.add(new Block(name(), i + 1, lines.get(i).substring(3), note(lines, i), code));
                i = end;
            }
        }
        return blocks;
    }

    /** The names of Python's that a cell of a table has, without their parameters. */
    static Stream<String> pythonNames(String cell) {
        return PYTHON_NAME.matcher(cell).results().map(match -> match.group(1));
    }

    private static String note(List<String> lines, int fence) {
        String above = fence == 0 ? "" : lines.get(fence - 1);
        return above.startsWith(COMMENT) ? above.substring(COMMENT.length(), above.length() - " -->".length()) : "";
    }
}
