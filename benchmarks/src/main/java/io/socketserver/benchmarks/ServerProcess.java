package io.socketserver.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server that runs. */
final class ServerProcess implements AutoCloseable {

    private static final String READY = "listening on ";

    private final Process process;
    private final String address;

    private ServerProcess(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts one and waits until it is ready; what it complains of goes to a file. */
    static ServerProcess start(List<String> command, String place, Path complaints) throws IOException {
        Process process =
                new ProcessBuilder(command).redirectError(complaints.toFile()).start();
        // Nothing else comes, so the reader is not kept.
        String first = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        if (first == null || !first.startsWith(READY)) {
            process.destroyForcibly();
            throw new IOException("the server has not started: " + tail(complaints));
        }
        String address = place.startsWith("unix:") ? place : place + ":" + first.substring(READY.length());
        return new ServerProcess(process, address);
    }

    private static String tail(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    /** For the load. */
    String address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /** How much of its memory is resident, in bytes. */
    long memory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow(() -> new IOException("the kernel tells no resident memory"));
    }

    /** Has a Java server collect its garbage, so that only what it holds is counted. */
    void collectGarbage() throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(Machine.jcmd().toString(), Long.toString(pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (jcmd.waitFor() != 0) {
            throw new IOException("the server has not collected its garbage");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
