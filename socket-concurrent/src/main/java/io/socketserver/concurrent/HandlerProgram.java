package io.socketserver.concurrent;

import io.socketserver.api.Connection;
import io.socketserver.api.Datagram;
import io.socketserver.api.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A handler class in a fresh JVM, which {@link ChildMain} begins. */
final class HandlerProgram implements Program {

    // A JVM warns on standard output, which is the reply.
    private static final List<String> WARN_ELSEWHERE =
            List.of("-XX:+DisplayVMOutputToStderr", "-Xlog:disable", "-Xlog:all=warning:stderr");

    private final String name;
    private final List<String> command;

    private HandlerProgram(String name, List<String> command) {
        this.name = name;
        this.command = command;
    }

    static HandlerProgram of(Class<?> type, List<String> jvmOptions) {
        requireFound(type);
        requireInstantiable(type);
        return new HandlerProgram(type.getName(), command(type, jvmOptions));
    }

    @Override
    public Child start(@Nullable Request request) throws IOException {
        return Child.start(name, new ProcessBuilder(command));
    }

    @Override
    public void introduce(Child child, Request request) throws IOException {
        OutputStream stdin = child.stdin();
        Introduction.of(request).writeTo(stdin);
        stdin.flush();
    }

    @Override
    public Traffic traffic(Request request) {
        if (request instanceof Connection connection) {
            return new StreamTraffic(connection);
        }
        return new DatagramTraffic((Datagram) request, true);
    }

    private static List<String> command(Class<?> type, List<String> jvmOptions) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (!Files.exists(java) && !Files.exists(Path.of(java + ".exe"))) {
            throw new IllegalStateException("a handler class needs a JVM to run in, and there is no " + java);
        }
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(WARN_ELSEWHERE);
        command.addAll(jvmOptions);
        // An image has its modules inside, and neither path.
        addPath(command, "--module-path", System.getProperty("jdk.module.path"));
        addPath(command, "--class-path", System.getProperty("java.class.path"));
        if (type.getModule().isNamed()) {
            command.add("--add-modules");
            command.add(type.getModule().getName());
        }
        Module own = ChildMain.class.getModule();
        if (own.isNamed()) {
            command.add("--module");
            command.add(own.getName() + '/' + ChildMain.class.getName());
        } else {
            command.add(ChildMain.class.getName());
        }
        command.add(type.getName());
        return command;
    }

    private static void addPath(List<String> command, String option, @Nullable String path) {
        if (path != null && !path.isEmpty()) {
            command.add(option);
            command.add(path);
        }
    }

    private static void requireFound(Class<?> type) {
        Module module = type.getModule();
        boolean found = module.isNamed()
                ? ModuleLayer.boot().modules().contains(module)
                : type.getClassLoader() == ClassLoader.getSystemClassLoader();
        if (!found || type.isHidden()) {
            throw new IllegalArgumentException("a fresh JVM would not find " + type.getName()
                    + ": a handler class must be a class of its own, not a lambda, from the module path or class path");
        }
    }

    private static void requireInstantiable(Class<?> type) {
        Constructor<?> constructor;
        try {
            constructor = type.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    type.getName() + " needs a constructor without parameters, and if it is nested, to be static", e);
        }
        if (!constructor.trySetAccessible()) {
            String own = HandlerProgram.class.getModule().getName();
            throw new IllegalArgumentException("a fresh JVM could not make an instance of " + type.getName()
                    + ": write 'opens " + type.getPackageName() + " to " + own + ";' in the module-info.java of "
                    + type.getModule().getName()
                    + ", or make the class and its constructor public and export the package");
        }
    }
}
