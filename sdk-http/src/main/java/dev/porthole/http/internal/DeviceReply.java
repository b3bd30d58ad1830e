package dev.porthole.http.internal;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * What a device answered.
 *
 * @param status the status code, 200 to 999
 * @param headers the header fields, at most {@value DeviceHttp#MAX_HEADERS}
 * @param body the body as sent, never decompressed; at most what the request allowed. Not copied: whoever holds the reply
 *     owns the array
 * @param truncated true where the body is longer than the request allowed and the rest was not read
 * @param complete false where the connection ended before the body did, by the length the device had announced
 * @param localAddress this host's address on the connection: the address as which the device knows us
 * @param tls what TLS showed of the device; empty over plain TCP
 * @param timings when the steps were done
 */
@SuppressWarnings("ArrayRecordComponent") // Bodies are compared by nobody, and copying them would cost.
public record DeviceReply(
        int status,
        HeaderFields headers,
        byte[] body,
        boolean truncated,
        boolean complete,
        InetAddress localAddress,
        Optional<TlsPeer> tls,
        Timings timings) {
    /**
     * Times from the start of the exchange.
     *
     * @param connected until TCP was connected
     * @param secured until TLS was agreed on; equal to {@code connected} over plain TCP
     * @param answered until the head of the reply was there
     * @param finished until the body was there
     */
    public record Timings(Duration connected, Duration secured, Duration answered, Duration finished) {}

    /**
     * Whether the status is one of success.
     *
     * @return true for 200 to 299
     */
    public boolean success() {
        return status >= 200 && status < 300;
    }
}
