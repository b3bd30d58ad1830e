package dev.porthole.verify.internal.rtsp;

/**
 * The size of a stream's pictures.
 *
 * @param width in pixels, cropped
 * @param height in pixels, cropped
 */
record PictureSize(int width, int height) {
    @Override
    public String toString() {
        return width + "x" + height;
    }
}
