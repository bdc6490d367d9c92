package io.socketserver.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages link to is there: files, and headings in them; and no page is without a link from README.md. */
class LinksTest {

    private static final Path ROOT = Page.root().file();
    private static final List<String> OTHERS =
            List.of("ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "consumers/README.md");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]+))?\\)");

    @Test
    void leadSomewhere() throws IOException {
        List<Page> pages = new ArrayList<>(Page.all());
        OTHERS.forEach(name -> pages.add(new Page(ROOT.resolveSibling(name))));
        for (Page page : pages) {
            for (MatchResult link : LINK.matcher(page.text()).results().toList()) {
                Path target =
                        link.group(1).isEmpty() ? page.file() : page.file().resolveSibling(link.group(1));
                assertThat(target).as("%s: %s", page.file(), link.group()).exists();
                if (link.group(2) != null) {
                    assertThat(anchors(target))
                            .as("%s: %s", page.file(), link.group())
                            .contains(link.group(2));
                }
            }
        }
    }

    @Test
    void leadToEveryPage() {
        assertThat(Page.all())
                .filteredOn(page -> !page.equals(Page.root()))
                .allSatisfy(page -> assertThat(Page.root().text())
                        .contains("(" + ROOT.getParent().relativize(page.file()) + ")"));
    }

    private static List<String> anchors(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                    .map(title -> title.replaceAll("[^\\w -]", "").replace(' ', '-'))
                    .toList();
        }
    }
}
