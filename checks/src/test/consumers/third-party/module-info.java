/** A transport from outside the project, another that claims tcp: for itself, and a program that looks for them. */
module third.party {
    requires io.socketserver.tcp;

    provides io.socketserver.api.spi.Transport with
            third.party.LoopTransport,
            third.party.RivalTransport;
}
