/** The command {@code socketserver}: {@code demo}, {@code serve} and {@code connect}. */
@NullMarked
package io.socketserver.samples.command;

import org.jspecify.annotations.NullMarked;
