package io.socketserver.unix;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** The mode of a socket's file, in the letters that options have or in the octal digits that a URI has. */
final class SocketMode {

    static final Set<PosixFilePermission> OWNER = ofDigits(600);

    private SocketMode() {}

    /** Takes what {@code ls} shows: rw-rw----. */
    static Set<PosixFilePermission> ofLetters(String letters) {
        try {
            return PosixFilePermissions.fromString(letters);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a mode must be nine letters for owner, group and others, such as rw-rw----, not '" + letters + "'",
                    e);
        }
    }

    /** Takes a number whose decimal digits are meant as octal ones: 660 for rw-rw----. */
    static Set<PosixFilePermission> ofDigits(int digits) {
        Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        int rest = digits;
        for (int who = 2; who >= 0; who--) {
            int bits = rest % 10;
            rest /= 10;
            if (bits < 0 || bits > 7) {
                throw malformed(digits);
            }
            for (int bit = 0; bit < 3; bit++) {
                if ((bits & 4 >> bit) != 0) {
                    mode.add(all[who * 3 + bit]);
                }
            }
        }
        if (rest != 0) {
            throw malformed(digits);
        }
        return mode;
    }

    private static IllegalArgumentException malformed(int digits) {
        return new IllegalArgumentException(
                "a mode must be three octal digits for owner, group and others, such as 600 or 660, not " + digits);
    }
}
