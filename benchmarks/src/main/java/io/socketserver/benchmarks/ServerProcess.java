package io.socketserver.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

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

    /** How much the objects take that a Java server holds, in bytes; what is garbage is collected first. */
    long heap() throws IOException, InterruptedException {
        String histogram = jcmd("GC.class_histogram");
        String[] total = histogram.substring(histogram.lastIndexOf("Total")).split("\\s+", -1);
        return Long.parseLong(total[2]);
    }

    /** Has a Java server give back to the system what it does not need. */
    void shrink() throws IOException, InterruptedException {
        jcmd("GC.run");
        // The JVM itself clears its scratch memory every 5 s; the C library then has to be told to let go of it.
        TimeUnit.SECONDS.sleep(6);
        jcmd("System.trim_native_heap");
    }

    private String jcmd(String request) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(Machine.jcmd().toString(), Long.toString(pid()), request)
                .redirectErrorStream(true)
                .start();
        String answer = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
        jcmd.waitFor();
        return answer;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
