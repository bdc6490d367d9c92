package io.socketserver.testkit.jqwik;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketserver.api.spi.HostPort;
import io.socketserver.testkit.MemoryAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AddressesProperties {

    @Provide
    Arbitrary<InetSocketAddress> hostPorts() {
        return Addresses.hostPort();
    }

    @Provide
    Arbitrary<UnixDomainSocketAddress> paths() {
        return Addresses.unix();
    }

    @Provide
    Arbitrary<MemoryAddress> names() {
        return Addresses.memory();
    }

    @Property(tries = 300)
    void aHostAndPortGoThroughAUri(@ForAll("hostPorts") InetSocketAddress address) throws UnknownHostException {
        assertThat(address.isUnresolved()).isFalse();
        InetSocketAddress again = HostPort.of(HostPort.toUri("tcp", address)).resolve();
        assertThat(again.getPort()).isEqualTo(address.getPort());
        assertThat(again.getAddress()).isEqualTo(address.getAddress());
    }

    @Property(tries = 300)
    void aPathIsAbsoluteAndNotTooLong(@ForAll("paths") UnixDomainSocketAddress address) {
        assertThat(address.getPath()).isAbsolute();
        assertThat(address.getPath().toString().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(100);
    }

    @Property(tries = 100)
    void aMemoryEndpointHasAName(@ForAll("names") MemoryAddress address) {
        assertThat(address.name()).isNotEmpty();
        assertThat(address.number()).isZero();
    }

    @Example
    void everyKindComesUp() {
        Set<Class<?>> kinds = new HashSet<>();
        Addresses.any().sampleStream().limit(100).map(SocketAddress::getClass).forEach(kinds::add);
        assertThat(kinds)
                .containsExactlyInAnyOrder(InetSocketAddress.class, UnixDomainSocketAddress.class, MemoryAddress.class);
    }
}
