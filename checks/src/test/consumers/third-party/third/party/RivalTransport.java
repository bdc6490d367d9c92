package third.party;

/** A second transport of tcp:, which is one too many. */
public final class RivalTransport extends LoopTransport {

    public RivalTransport() {}

    @Override
    public String scheme() {
        return "tcp";
    }
}
