/**
 * A server under test as an extension of JUnit 5: {@link io.socketserver.testkit.junit.ServerExtension}.
 *
 * <p>Only those who use it need the module {@code org.junit.jupiter.api}.
 */
@NullMarked
package io.socketserver.testkit.junit;

import org.jspecify.annotations.NullMarked;
