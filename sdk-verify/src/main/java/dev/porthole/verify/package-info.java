/**
 * Whether a camera's web page and stream can be reached, and how far an attempt came. Entry type:
 * {@link dev.porthole.verify.CameraVerifier}.
 */
@NullMarked
package dev.porthole.verify;

import org.jspecify.annotations.NullMarked;
