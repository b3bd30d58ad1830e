package dev.porthole.verify.internal.stun;

import dev.porthole.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One Binding request over UDP, repeated until it is answered: RFC 8489 section 6.2.1. The socket is connected, so that the
 * system drops what does not come from the server. Used once.
 */
public final class BindingExchange {
    /** RFC 8489 section 6.2.1: the first wait; each further one is twice as long. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    private static final int TRANSACTION_BYTES = 12;

    /** Datagrams that answer nothing are skipped; a server that sends more than these wants to keep us busy. */
    private static final int MOST_SKIPPED = 1000;

    private final InetSocketAddress server;
    private final Deadline deadline;
    private final StunMessage request;
    private int skipped;

    /** An exchange with a server at a resolved address. */
    public BindingExchange(InetSocketAddress server, Deadline deadline) {
        this.server = server;
        this.deadline = deadline;
        byte[] transaction = new byte[TRANSACTION_BYTES];
        new SecureRandom().nextBytes(transaction);
        request = new StunMessage(StunMessage.BINDING_REQUEST, HexFormat.of().formatHex(transaction), List.of());
    }

    /**
     * Asks.
     *
     * @return the address by which the server sees this host
     * @throws IOException where the server gave no usable answer in time; the message is for people
     * @throws InterruptedException where the thread was interrupted
     */
    public InetAddress reflexiveAddress() throws IOException, InterruptedException {
        try (DatagramChannel channel = DatagramChannel.open();
                Selector selector = Selector.open()) {
            channel.connect(server);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            byte[] datagram = request.encode();
            for (Duration wait = FIRST_WAIT; !deadline.expired(); wait = wait.multipliedBy(2)) {
                channel.write(ByteBuffer.wrap(datagram));
                Optional<BindingAnswer> answer = await(channel, selector, deadline.within(wait));
                if (answer.isPresent()) {
                    return address(answer.get());
                }
            }
        }
        throw new IOException("no answer in time");
    }

    private Optional<BindingAnswer> await(DatagramChannel channel, Selector selector, Deadline until)
            throws IOException, InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocate(StunMessage.MAX_LENGTH + 1);
        while (!until.expired()) {
            selector.select(Math.max(1, until.remainingMillis()));
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for " + server);
            }
            selector.selectedKeys().clear();
            while (channel.read(buffer.clear()) > 0) {
                Optional<BindingAnswer> answer = StunMessage.decode(Arrays.copyOf(buffer.array(), buffer.position()))
                        .filter(message -> message.transaction().equals(request.transaction()))
                        .flatMap(BindingAnswer::of);
                if (answer.isPresent()) {
                    return answer;
                }
                if (++skipped > MOST_SKIPPED) {
                    throw new IOException("it sends a flood of other datagrams");
                }
            }
        }
        return Optional.empty();
    }

    private static InetAddress address(BindingAnswer answer) throws IOException {
        if (answer instanceof BindingAnswer.Seen seen) {
            return seen.address();
        } else if (answer instanceof BindingAnswer.Refused refused) {
            throw new IOException(
                    switch (refused.code()) {
                        case 300 -> "it refers to another server (300)";
                        case 401 -> "it asks for a login (401)";
                        case 500 -> "it has a fault of its own (500)";
                        default -> "it refuses the request (" + refused.code() + ")";
                    });
        }
        throw new IOException("its answer cannot be used: " + ((BindingAnswer.Unusable) answer).why());
    }
}
