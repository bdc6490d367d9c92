/** The programs that every tutorial of network programming begins with: start reading at {@code TimeServer}. */
@NullMarked
package io.socketserver.samples;

import org.jspecify.annotations.NullMarked;
