package dev.porthole.http.internal;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.LazyLaxLineParser;
import org.apache.hc.core5.util.CharArrayBuffer;

/** Reads header lines, and keeps a line that is none from spoiling the others. */
final class LaxLineParser extends LazyLaxLineParser {
    /** Stands for a line without a colon; no field of this name has a meaning. */
    private static final Header NOT_A_HEADER = new BasicHeader("X-Not-A-Header", "");

    @Override
    public Header parseHeader(CharArrayBuffer buffer) {
        try {
            return super.parseHeader(buffer);
        } catch (ParseException e) {
            return NOT_A_HEADER;
        }
    }
}
