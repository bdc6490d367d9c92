package io.socketserver.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes source files of the Java blocks of the documentation: a folder for each module, as javac's
 * {@code --module-source-path} wants it.
 *
 * <p>A block is one of four. A descriptor is that of a module of its own; the classes of the page that are in its packages
 * belong to it. A class is a file; if it names no package it is in the page's, and if it imports nothing it is given all
 * imports there are. Members, of which the first has an annotation or a modifier, are put into a class; all else is
 * statements, and put into a method, which serves the {@code server} that they make if there is something to be said to it.
 * Both find what {@code src/test/documentation/PAGE} has, if it has a class Given.
 */
final class JavaBlocks {

    /** The module of all that has none of its own. */
    static final String MODULE = "documentation";

    private static final Pattern DESCRIPTOR = Pattern.compile("(?m)^(?:open )?module ([\\w.]+) \\{");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public |final |abstract |sealed )*(?:class|interface|record|enum) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);\n");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;\n+");
    private static final Pattern MEMBER = Pattern.compile("^(?:@|(?:public|private|protected|static|final|void) )");

    private static final Path GIVEN = Product.checks().resolve("src/test/documentation");

    private final Path sources;
    private final Map<Block, String> classes = new LinkedHashMap<>();
    private final Map<String, Block> resources = new LinkedHashMap<>();
    private final List<String> modules = new ArrayList<>(List.of(MODULE));

    private JavaBlocks(Path sources) {
        this.sources = sources;
    }

    /** Writes the sources of all pages below a folder. */
    static JavaBlocks write(List<Page> pages, Path folder) throws IOException {
        JavaBlocks written = new JavaBlocks(folder);
        written.writeGiven(GIVEN.resolve(MODULE), MODULE);
        for (Page page : pages) {
            written.write(page);
        }
        return written;
    }

    List<String> modules() {
        return modules;
    }

    /** The class that each block has become, in the order of the pages; that of the first for those that it goes on in. */
    Map<Block, String> classes() {
        return classes;
    }

    /** Writes the blocks that are files of a module, but no sources, beside its classes. */
    void writeResources(Path folder) throws IOException {
        for (Map.Entry<String, Block> resource : resources.entrySet()) {
            Path file = folder.resolve(resource.getKey())
                    .resolve(resource.getValue().file().orElseThrow());
            Files.createDirectories(file.getParent());
            Files.writeString(file, resource.getValue().code());
        }
    }

    private void write(Page page) throws IOException {
        List<Block> blocks = page.blocks().stream()
                .filter(block -> block.language().equals("java"))
                .toList();
        Path given = GIVEN.resolve(page.name());
        List<String> own = new ArrayList<>();
        for (Block block : blocks) {
            Matcher descriptor = DESCRIPTOR.matcher(block.code());
            if (descriptor.find()) {
                own.add(descriptor.group(1));
                put(descriptor.group(1), "", "module-info", block.code());
            }
        }
        modules.addAll(own);
        for (Block block : page.blocks()) {
            if (block.language().equals("text") && block.file().isPresent()) {
                resources.put(own.isEmpty() ? MODULE : own.get(0), block);
            }
        }
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            Matcher type = TYPE.matcher(block.code());
            if (DESCRIPTOR.matcher(block.code()).find()) {
                continue;
            }
            if (type.find()) {
                writeClass(block, type.group(1), own);
            } else {
                int end = i + 1;
                while (end < blocks.size() && blocks.get(end).continues()) {
                    end++;
                }
                writeFragment(blocks.subList(i, end), Files.exists(given.resolve("Given.java")));
                i = end - 1;
            }
        }
        if (Files.isDirectory(given)) {
            writeGiven(given, page.name());
        }
    }

    private void writeGiven(Path folder, String page) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString().replace(".java", "");
                if (name.equals("module-info")) {
                    put(MODULE, "", name, Files.readString(file));
                } else {
                    put(MODULE, page, name, imports() + Files.readString(file));
                }
            }
        }
    }

    private void writeClass(Block block, String name, List<String> own) throws IOException {
        Matcher named = PACKAGE.matcher(block.code());
        String inPackage = named.find() ? named.group(1) : block.page();
        String module = own.stream()
                .filter(m -> (inPackage + '.').startsWith(m + '.'))
                .findFirst()
                .orElse(MODULE);
        String code = PACKAGE.matcher(block.code()).replaceFirst("");
        String imports = module.equals(MODULE) && !IMPORT.matcher(code).find() ? imports() : "";
        put(module, inPackage, name, imports + code);
        classes.put(block, inPackage + '.' + name);
    }

    private void writeFragment(List<Block> parts, boolean given) throws IOException {
        Block first = parts.get(0);
        StringBuilder head = new StringBuilder(imports());
        StringBuilder body = new StringBuilder();
        for (Block part : parts) {
            IMPORT.matcher(part.code()).results().forEach(match -> head.append(match.group()));
            body.append(IMPORT.matcher(part.code()).replaceAll(""));
            classes.put(part, first.page() + '.' + first.id());
        }
        boolean members = MEMBER.matcher(body.toString().stripLeading()).find();
        if (parts.stream().anyMatch(part -> part.conversation().isPresent())) {
            body.append("try (server) { server.serve(); }\n");
        }
        head.append("class ").append(first.id());
        if (given || !members) {
            head.append(" extends ").append(given ? "Given" : "documentation.Nothing");
        }
        put(MODULE, first.page(), first.id(), head + (members ? " {\n" + body + "}\n" : method(first.id(), body)));
    }

    private static String method(String name, CharSequence statements) {
        return " {\n    " + name + "() throws Exception {}\n    void run() throws Exception {\n" + statements
                + "    }\n"
                + "    public static void main(String[] args) throws Exception {\n"
                + "        try (var fragment = new " + name + "()) { fragment.run(); }\n    }\n}\n";
    }

    private void put(String module, String inPackage, String name, String code) throws IOException {
        Path folder = sources.resolve(module).resolve(inPackage.replace('.', '/'));
        Path file = folder.resolve(name + ".java");
        Files.createDirectories(folder);
        String header = inPackage.isEmpty() ? "" : "package " + inPackage + ";\n";
        if (Files.exists(file)) {
            throw new AssertionError("two blocks of one page make a class " + inPackage + '.' + name);
        }
        Files.writeString(file, header + code);
    }

    private static String imports() throws IOException {
        return Files.readString(GIVEN.resolve("imports"));
    }
}
