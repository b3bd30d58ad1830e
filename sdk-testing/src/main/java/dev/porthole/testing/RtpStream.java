package dev.porthole.testing;

import java.util.List;

/** The packets of one medium, one picture or one stretch of sound after the other. Not thread-safe. */
interface RtpStream {
    /** The track of the video in the session description. */
    int VIDEO = 1;

    /** The track of the audio in the session description. */
    int AUDIO = 2;

    static RtpStream ofTrack(int track, CameraBehaviour behaviour) {
        return track == AUDIO ? new AudioPackets() : new RtpPackets(behaviour);
    }

    /** The source, as the Transport field has it. */
    String source();

    int firstSequence();

    /** Milliseconds from one stretch to the next. */
    int interval();

    List<byte[]> next();
}
