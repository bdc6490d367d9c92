/** Memory transports, virtual time, scripts for one handler, and a check for leaks; of use with any test framework. */
@NullMarked
package io.socketserver.testkit;

import org.jspecify.annotations.NullMarked;
