package io.socketserver.checks;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Goes through a source file for what its users see, and notes what has no Javadoc, or one that only repeats its name. */
final class Documented extends TreePathScanner<Void, Void> {

    private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])");

    /** What a name is often repeated with. */
    private static final Set<String> EMPTY = Set.of(
            "a",
            "an",
            "the",
            "of",
            "for",
            "to",
            "in",
            "on",
            "this",
            "its",
            "it",
            "is",
            "are",
            "be",
            "and",
            "or",
            "by",
            "get",
            "gets",
            "set",
            "sets",
            "return",
            "returns",
            "make",
            "makes",
            "create",
            "creates",
            "one",
            "given",
            "link",
            "code",
            "linkplain",
            "class",
            "method",
            "type",
            "object",
            "instance",
            "value");

    private final DocTrees trees;
    private final List<String> gaps = new ArrayList<>();
    private int seen;

    Documented(DocTrees trees) {
        this.trees = trees;
    }

    /** What is not documented well enough, with its place. */
    List<String> gaps() {
        return gaps;
    }

    /** How much it has looked at. */
    int seen() {
        return seen;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
        if (isSeen(type.getModifiers())) {
            require(type.getSimpleName().toString());
            super.visitClass(type, null);
        }
        return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
        boolean constructor = method.getName().contentEquals("<init>");
        boolean generated = trees.getSourcePositions().getEndPosition(unit(), method) < 0;
        if (isSeen(method.getModifiers()) && !overrides(method) && !generated) {
            require(constructor ? typeName() : method.getName().toString());
        }
        return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void unused) {
        // The components of a record are private fields; what they are is in the record's own comment.
        if (isSeen(field.getModifiers())) {
            require(field.getName().toString());
        }
        return null;
    }

    private void require(String name) {
        seen++;
        String place = unit().getSourceFile().getName().replaceFirst(".*/java/", "") + ": " + name;
        DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
        if (comment == null) {
            gaps.add(place + " has no Javadoc");
            return;
        }
        if (addsNothing(name, comment.getFirstSentence().toString())) {
            gaps.add(place + " has a Javadoc that says no more than its name: " + comment.getFirstSentence());
        }
        for (var tag : comment.getBlockTags()) {
            if (tag instanceof ParamTree parameter
                    && addsNothing(
                            parameter.getName().toString(),
                            parameter.getDescription().toString())) {
                gaps.add(place + " has a parameter of which nothing is said: " + parameter);
            }
        }
    }

    private boolean addsNothing(String name, String text) {
        Set<String> known = words(name + ' ' + typeName()).collect(Collectors.toSet());
        // A link to what is documented says all that is said there.
        return !text.contains("{@link") && words(text).allMatch(known::contains);
    }

    private static Stream<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !EMPTY.contains(word))
                // "Sends" is what "send" says.
                .map(word -> word.replaceAll("(?<=..)(?:e?s|e?d|ing)$", ""));
    }

    /** Whether it is public or protected; in an interface everything is public that does not say otherwise. */
    private boolean isSeen(ModifiersTree modifiers) {
        Set<Modifier> flags = modifiers.getFlags();
        if (flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED)) {
            return true;
        }
        return isInInterface() && !flags.contains(Modifier.PRIVATE);
    }

    private boolean isInInterface() {
        TreePath above = getCurrentPath().getParentPath();
        return above.getLeaf().getKind() == Tree.Kind.INTERFACE;
    }

    private static boolean overrides(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }

    private String typeName() {
        Tree leaf = getCurrentPath().getLeaf();
        Tree type = leaf instanceof ClassTree
                ? leaf
                : getCurrentPath().getParentPath().getLeaf();
        return type instanceof ClassTree named ? named.getSimpleName().toString() : "";
    }

    private CompilationUnitTree unit() {
        return getCurrentPath().getCompilationUnit();
    }
}
