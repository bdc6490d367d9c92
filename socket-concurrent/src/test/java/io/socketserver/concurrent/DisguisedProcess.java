package io.socketserver.concurrent;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that is seen as one may be in need: without descriptors, or after its number was given to another. */
final class DisguisedProcess extends Process {

    /** There is no descriptor to look for its descendants with. */
    volatile boolean blind;

    /** Nor one to see which process that is, so that it is not told to end. */
    volatile boolean helpless;

    /** Somebody has asked or forced it to end. */
    volatile boolean told;

    private final Process process;
    private final List<ProcessHandle> strangers = new ArrayList<>();

    DisguisedProcess(String... command) throws IOException {
        process = new ProcessBuilder(command).start();
    }

    /** Gives its number to the parent of that one, once it has exited. */
    DisguisedProcess succeededByParentOf(ProcessHandle stranger) {
        strangers.add(stranger);
        return this;
    }

    @Override
    public ProcessHandle toHandle() {
        ProcessHandle handle = process.toHandle();
        return (ProcessHandle) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ProcessHandle.class},
                (proxy, method, arguments) -> invoke(handle, method, arguments));
    }

    private Object invoke(ProcessHandle handle, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("descendants")) {
            return descendants(handle);
        }
        told |= method.getName().startsWith("destroy");
        if (helpless && method.getReturnType() == boolean.class) {
            return false;
        }
        try {
            return method.invoke(handle, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Stream<ProcessHandle> descendants(ProcessHandle handle) {
        if (blind) {
            throw new IllegalStateException("Unable to open /proc");
        }
        return process.isAlive() ? handle.descendants() : strangers.stream();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public OutputStream getOutputStream() {
        return process.getOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return process.getInputStream();
    }

    @Override
    public InputStream getErrorStream() {
        return new FilterInputStream(process.getErrorStream()) {
            @Override
            public void close() throws IOException {
                super.close();
                // Descriptors are free again.
                blind = false;
                helpless = false;
            }
        };
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
        return process.waitFor(timeout, unit);
    }

    @Override
    public int exitValue() {
        return process.exitValue();
    }

    @Override
    public void destroy() {
        process.destroy();
    }

    /** Without a disguise. */
    @Override
    public Process destroyForcibly() {
        process.destroyForcibly();
        return this;
    }
}
