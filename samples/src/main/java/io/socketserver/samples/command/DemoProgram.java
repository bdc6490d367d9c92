package io.socketserver.samples.command;

import java.io.IOException;

/** One of the programs that the demo runs. */
interface DemoProgram {

    /** What it shows, in one line. */
    String title();

    /** Runs it from beginning to end and checks each reply. */
    void run(Transcript transcript) throws IOException, InterruptedException;
}
