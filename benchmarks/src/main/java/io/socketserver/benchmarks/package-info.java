/** Runs servers and their load in turn, and makes tables and a picture of what comes out. */
@NullMarked
package io.socketserver.benchmarks;

import org.jspecify.annotations.NullMarked;
