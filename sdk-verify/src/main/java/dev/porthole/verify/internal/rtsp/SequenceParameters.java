package dev.porthole.verify.internal.rtsp;

import java.util.Set;

/** The path through a sequence parameter set to size and rate of the pictures; reads top to bottom as the standards' tables do. */
final class SequenceParameters {
    /** ITU-T H.264 section 7.3.2.1.1: the profiles whose sets tell their chroma format. */
    private static final Set<Integer> WITH_CHROMA =
            Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);

    /** More than any sensor has. */
    private static final int MAX_SIDE = 1 << 16;

    /** The aspect ratio follows in numbers. */
    private static final int EXTENDED_SAR = 255;

    private SequenceParameters() {}

    static VideoFormat h264(byte[] unit) {
        BitReader in = new BitReader(unit, 1);
        int profile = in.bits(8);
        in.skip(16); // constraint flags, level
        in.unsigned(); // seq_parameter_set_id
        int chroma = 1;
        boolean separatePlanes = false;
        if (WITH_CHROMA.contains(profile)) {
            chroma = in.unsigned();
            separatePlanes = chroma == 3 && in.flag();
            in.unsigned(); // bit_depth_luma_minus8
            in.unsigned(); // bit_depth_chroma_minus8
            in.skip(1); // qpprime_y_zero_transform_bypass_flag
            if (in.flag()) {
                for (int list = 0; list < (chroma == 3 ? 12 : 8); list++) {
                    skipScalingList(in, list < 6 ? 16 : 64);
                }
            }
        }
        in.unsigned(); // log2_max_frame_num_minus4
        skipPictureOrder(in);
        in.unsigned(); // max_num_ref_frames
        in.skip(1); // gaps_in_frame_num_value_allowed_flag
        int width = (side(in) + 1) * 16;
        int mapUnits = side(in) + 1;
        boolean framesOnly = in.flag();
        if (!framesOnly) {
            in.skip(1); // mb_adaptive_frame_field_flag
        }
        int fields = framesOnly ? 1 : 2;
        int height = mapUnits * 16 * fields;
        in.skip(1); // direct_8x8_inference_flag
        if (in.flag()) {
            int unitX = separatePlanes || chroma == 0 || chroma == 3 ? 1 : 2;
            int unitY = (separatePlanes || chroma != 1 ? 1 : 2) * fields;
            width -= (side(in) + side(in)) * unitX;
            height -= (side(in) + side(in)) * unitY;
        }
        return timed(new PictureSize(width, height), in);
    }

    /** ITU-T H.264 section E.1.1. A set that is cut here has told the size nevertheless. */
    private static VideoFormat timed(PictureSize size, BitReader in) {
        try {
            if (!in.flag()) {
                return VideoFormat.timed(size, 0, 0);
            }
            skipLook(in);
            if (!in.flag()) {
                return VideoFormat.timed(size, 0, 0);
            }
            // A tick is a field's time, two of them make a picture.
            return VideoFormat.timed(size, 2 * in.word(), in.word());
        } catch (BitReader.EndException e) {
            return VideoFormat.timed(size, 0, 0);
        }
    }

    private static void skipLook(BitReader in) {
        if (in.flag() && in.bits(8) == EXTENDED_SAR) {
            in.skip(32); // sar_width, sar_height
        }
        if (in.flag()) {
            in.skip(1); // overscan_appropriate_flag
        }
        if (in.flag()) {
            in.skip(4); // video_format, video_full_range_flag
            if (in.flag()) {
                in.skip(24); // colour_primaries, transfer_characteristics, matrix_coefficients
            }
        }
        if (in.flag()) {
            in.unsigned(); // chroma_sample_loc_type_top_field
            in.unsigned(); // chroma_sample_loc_type_bottom_field
        }
    }

    /** A length in pixels or blocks, bounded so that sums and products stay within an int. */
    private static int side(BitReader in) {
        int value = in.unsigned();
        if (value > MAX_SIDE) {
            throw new BitReader.EndException();
        }
        return value;
    }

    private static void skipPictureOrder(BitReader in) {
        int type = in.unsigned();
        if (type == 0) {
            in.unsigned(); // log2_max_pic_order_cnt_lsb_minus4
        } else if (type == 1) {
            in.skip(1); // delta_pic_order_always_zero_flag
            in.signed(); // offset_for_non_ref_pic
            in.signed(); // offset_for_top_to_bottom_field
            int cycle = in.unsigned();
            for (int i = 0; i < cycle; i++) {
                in.signed(); // offset_for_ref_frame
            }
        }
    }

    private static void skipScalingList(BitReader in, int size) {
        if (!in.flag()) {
            return;
        }
        int last = 8;
        for (int i = 0, next = 8; i < size && next != 0; i++) {
            next = (last + in.signed() + 256) % 256;
            last = next == 0 ? last : next;
        }
    }

    /** The rate stands behind much that would have to be read for it alone. */
    static VideoFormat h265(byte[] unit) {
        BitReader in = new BitReader(unit, 2);
        in.skip(4); // sps_video_parameter_set_id
        int subLayers = in.bits(3); // sps_max_sub_layers_minus1
        in.skip(1); // sps_temporal_id_nesting_flag
        skipProfileTierLevel(in, subLayers);
        in.unsigned(); // sps_seq_parameter_set_id
        int chroma = in.unsigned();
        boolean separatePlanes = chroma == 3 && in.flag();
        int width = side(in);
        int height = side(in);
        if (in.flag()) {
            int unitX = !separatePlanes && (chroma == 1 || chroma == 2) ? 2 : 1;
            int unitY = !separatePlanes && chroma == 1 ? 2 : 1;
            width -= (side(in) + side(in)) * unitX;
            height -= (side(in) + side(in)) * unitY;
        }
        return VideoFormat.timed(new PictureSize(width, height), 0, 0);
    }

    /** ITU-T H.265 section 7.3.3. */
    private static void skipProfileTierLevel(BitReader in, int subLayers) {
        in.skip(88); // general profile and flags
        in.skip(8); // general_level_idc
        boolean[] profile = new boolean[8];
        boolean[] level = new boolean[8];
        for (int i = 0; i < subLayers; i++) {
            profile[i] = in.flag();
            level[i] = in.flag();
        }
        if (subLayers > 0) {
            in.skip(2 * (8 - subLayers)); // reserved_zero_2bits
        }
        for (int i = 0; i < subLayers; i++) {
            in.skip((profile[i] ? 88 : 0) + (level[i] ? 8 : 0));
        }
    }
}
