package io.socketserver.concurrent;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** Socket addresses as bytes. Their own serialization would triple the time in which a JVM is ready. */
final class Addresses {

    private static final int INET = 0;
    private static final int UNIX = 1;
    private static final int OTHER = 2;

    private Addresses() {}

    static void write(SocketAddress address, DataOutputStream out) throws IOException {
        if (address instanceof InetSocketAddress inet && !inet.isUnresolved()) {
            byte[] host = inet.getAddress().getAddress();
            out.writeByte(INET);
            out.writeByte(host.length);
            out.write(host);
            out.writeInt(inet.getAddress() instanceof Inet6Address six ? six.getScopeId() : 0);
            out.writeShort(inet.getPort());
        } else if (address instanceof UnixDomainSocketAddress unix) {
            out.writeByte(UNIX);
            out.writeUTF(unix.getPath().toString());
        } else {
            out.writeByte(OTHER);
            out.writeUTF(address.toString());
        }
    }

    static SocketAddress read(DataInputStream in) throws IOException {
        int kind = in.readByte();
        if (kind == INET) {
            byte[] host = in.readNBytes(in.readByte());
            int scope = in.readInt();
            InetAddress address =
                    scope == 0 ? InetAddress.getByAddress(host) : Inet6Address.getByAddress(null, host, scope);
            return new InetSocketAddress(address, in.readUnsignedShort());
        }
        return kind == UNIX ? UnixDomainSocketAddress.of(in.readUTF()) : new NamedAddress(in.readUTF());
    }

    /** What is known of an address of a class that the child may not have. */
    static final class NamedAddress extends SocketAddress {

        private static final long serialVersionUID = 1L;

        /** Its text. */
        private final String name;

        NamedAddress(String name) {
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof NamedAddress that && that.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
