package dev.porthole.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * In what a {@link FakeCamera}'s stream differs from a well-behaved one: rules that are added one by one. A
 * {@link CameraQuirk} is a named set of them. Not thread-safe: filled before the camera uses it.
 */
public final class CameraBehaviour {
    /**
     * What a camera knows of its own address when it answers.
     *
     * @param requested the URL as the client wrote it, without a slash at its end
     * @param own host and port as the camera knows them, for example {@code 192.168.69.110:554}
     * @param path the stream's path
     */
    public record StreamAddress(String requested, String own, String path) {
        /**
         * The stream's URL with the camera's own host and port.
         *
         * @return an absolute URL without a slash at its end
         */
        public String ownUrl() {
            return "rtsp://" + own + path;
        }
    }

    Function<StreamAddress, Optional<String>> contentBase = address -> Optional.of(address.requested() + "/");
    Function<StreamAddress, Optional<String>> control = address -> Optional.of("trackID=1");
    UnaryOperator<String> sdp = UnaryOperator.identity();
    UnaryOperator<String> transport = UnaryOperator.identity();
    UnaryOperator<String> rtpInfo = UnaryOperator.identity();
    BinaryOperator<String> session = (first, fresh) -> first;
    UnaryOperator<HttpReply> reply = UnaryOperator.identity();
    final List<BiFunction<RecordedRequest, StreamAddress, Optional<HttpReply>>> objections = new ArrayList<>();
    final List<Predicate<RecordedRequest>> ignored = new ArrayList<>();
    final List<byte[]> strayBytes = new ArrayList<>();
    boolean video = true;
    boolean audio;
    boolean mediaSilent;
    boolean reportsOnly;
    boolean sequenceStuck;
    boolean sourceChanges;
    boolean noKeyFrames;
    int mostPictures = Integer.MAX_VALUE;
    boolean mediaFirst;
    int channelShift;
    Optional<Duration> enforcedTimeout = Optional.empty();

    CameraBehaviour() {}

    /**
     * Says what Content-Base is. By default the requested URL with a slash.
     *
     * @param rule gives the value, empty for none
     * @return this
     */
    public CameraBehaviour contentBase(Function<StreamAddress, Optional<String>> rule) {
        contentBase = rule;
        return this;
    }

    /**
     * Says what the control attribute of the video is. By default {@code trackID=1}.
     *
     * @param rule gives the value, empty for none
     * @return this
     */
    public CameraBehaviour control(Function<StreamAddress, Optional<String>> rule) {
        control = rule;
        return this;
    }

    /**
     * Changes the session description.
     *
     * @param change gives the changed SDP
     * @return this
     */
    public CameraBehaviour describe(UnaryOperator<String> change) {
        UnaryOperator<String> before = sdp;
        sdp = text -> change.apply(before.apply(text));
        return this;
    }

    /**
     * Changes the Transport field of replies to SETUP.
     *
     * @param change gives the changed value
     * @return this
     */
    public CameraBehaviour transport(UnaryOperator<String> change) {
        transport = change;
        return this;
    }

    /**
     * Uses other interleaved channels than the client asked for.
     *
     * @param by how much higher
     * @return this
     */
    public CameraBehaviour shiftChannels(int by) {
        channelShift = by;
        return this;
    }

    /**
     * Changes the RTP-Info field of replies to PLAY.
     *
     * @param change gives the changed value
     * @return this
     */
    public CameraBehaviour rtpInfo(UnaryOperator<String> change) {
        rtpInfo = change;
        return this;
    }

    /**
     * Says which session id a reply carries.
     *
     * @param rule gives the id for the session's own and a fresh one
     * @return this
     */
    public CameraBehaviour session(BinaryOperator<String> rule) {
        session = rule;
        return this;
    }

    /**
     * Changes every RTSP reply.
     *
     * @param dress gives the changed reply
     * @return this
     */
    public CameraBehaviour dressReplies(UnaryOperator<HttpReply> dress) {
        UnaryOperator<HttpReply> before = reply;
        reply = original -> dress.apply(before.apply(original));
        return this;
    }

    /**
     * Answers RTSP requests before they are looked at any further.
     *
     * @param rule gives the answer to a request that is objected to, else empty
     * @return this
     */
    public CameraBehaviour object(Function<RecordedRequest, Optional<HttpReply>> rule) {
        objections.add((request, address) -> rule.apply(request));
        return this;
    }

    /**
     * Answers RTSP requests before they are looked at any further, by what the camera knows of its address.
     *
     * @param rule gives the answer to a request that is objected to, else empty
     * @return this
     */
    public CameraBehaviour object(BiFunction<RecordedRequest, StreamAddress, Optional<HttpReply>> rule) {
        objections.add(rule);
        return this;
    }

    /**
     * Never answers some RTSP requests; the connection goes on.
     *
     * @param rule whether a request is passed over
     * @return this
     */
    public CameraBehaviour ignore(Predicate<RecordedRequest> rule) {
        ignored.add(rule);
        return this;
    }

    /**
     * Has sound, too.
     *
     * @return this
     */
    public CameraBehaviour audio() {
        audio = true;
        return this;
    }

    /**
     * Has sound and no video.
     *
     * @return this
     */
    public CameraBehaviour audioOnly() {
        audio = true;
        video = false;
        return this;
    }

    /**
     * Sends RTCP and no RTP.
     *
     * @return this
     */
    public CameraBehaviour reportsOnly() {
        reportsOnly = true;
        return this;
    }

    /**
     * Stops sending after some pictures.
     *
     * @param pictures how many are sent
     * @return this
     */
    public CameraBehaviour stopsAfter(int pictures) {
        mostPictures = pictures;
        return this;
    }

    /**
     * Gives every packet of the video the same sequence number.
     *
     * @return this
     */
    public CameraBehaviour sequenceStuck() {
        sequenceStuck = true;
        return this;
    }

    /**
     * Sends each picture from another source (SSRC).
     *
     * @return this
     */
    public CameraBehaviour sourceChanges() {
        sourceChanges = true;
        return this;
    }

    /**
     * Sends neither key frames nor parameter sets in the stream.
     *
     * @return this
     */
    public CameraBehaviour noKeyFrames() {
        noKeyFrames = true;
        return this;
    }

    /**
     * Answers PLAY and sends no video.
     *
     * @return this
     */
    public CameraBehaviour noMedia() {
        mediaSilent = true;
        return this;
    }

    /**
     * Sends the first picture before the reply to PLAY.
     *
     * @return this
     */
    public CameraBehaviour mediaBeforeReply() {
        mediaFirst = true;
        return this;
    }

    /**
     * Sends bytes before each picture that belong to nothing.
     *
     * @param bytes the bytes
     * @return this
     */
    public CameraBehaviour strayBytes(byte[] bytes) {
        strayBytes.add(bytes.clone());
        return this;
    }

    /**
     * Stops sending when the client is silent for longer.
     *
     * @param time how long; by default the camera sends for ever
     * @return this
     */
    public CameraBehaviour needsKeepAlive(Duration time) {
        enforcedTimeout = Optional.of(time);
        return this;
    }
}
